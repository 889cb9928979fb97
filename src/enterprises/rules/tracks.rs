//! The tracks (赛道) an enterprise may be of: the eight of the district and the topics under observation.

const TRACKS: &[(&str, &str)] = &[
    ("terahertz", "太赫兹"),
    ("marine_electronics", "海洋电子信息"),
    ("deep_sea", "深海开发"),
    ("space_information", "空天信息"),
    ("satellite_internet", "卫星互联网"),
    ("semiconductor_materials", "先进半导体材料"),
    ("brain_intelligence", "类脑智能"),
    ("quantum_information", "量子信息"),
    ("hydrogen", "氢能"),
    ("biomass", "生物质能"),
    ("superconductor_nano", "超导与纳米材料"),
    ("carbon_capture", "碳捕集"),
];

pub fn is_track(code: &str) -> bool {
    TRACKS.iter().any(|(known, _)| *known == code)
}

/// The code of a track written as its code or by its Chinese name.
pub fn track_of(words: &str) -> Option<&'static str> {
    TRACKS.iter().find(|(code, name)| *code == words || *name == words).map(|(code, _)| *code)
}
