//! Forty made-up enterprises. Names are invented, credit codes are made to be valid (GB 32100) and belong to nobody known.

use crate::enterprises::rules::credit_code::check_digit_of;
use crate::programme::model::Tier;

/// A made-up firm, sized so that it is a believable applicant for `fit`.
#[derive(Debug, Clone)]
pub struct Firm {
    pub name: String,
    pub credit_code: String,
    pub track: &'static str,
    pub fit: Tier,
    /// Age in years at the time of the demo.
    pub age: i32,
    /// Revenue of last year in fen; the two years before are derived by `growth_ppm`.
    pub revenue_fen: i64,
    pub growth_ppm: i64,
    /// Research and development spending per revenue.
    pub rd_ppm: i64,
    pub staff: i64,
    pub class1: i64,
    pub class2: i64,
}

const STEMS: [&str; 40] = [
    "澜启",
    "海拓",
    "星漪",
    "崂云",
    "潮生",
    "沧岳",
    "翰海",
    "屿光",
    "磐石湾",
    "鸥行",
    "浮山",
    "极渊",
    "天枢",
    "砺空",
    "云帆",
    "青禾",
    "远屿",
    "玄鲸",
    "赤松",
    "白泉",
    "凌波",
    "苍梧",
    "石老人",
    "北宅",
    "金岭",
    "沙湾",
    "明霞",
    "巨峰",
    "潮音",
    "太清",
    "华楼",
    "仰口",
    "晓望",
    "王哥",
    "流清",
    "八水",
    "龙潭",
    "棋盘",
    "那罗",
    "蔚竹",
];

const LINES: [(&str, &str); 8] = [
    ("terahertz", "太赫兹科技有限公司"),
    ("marine_electronics", "海洋电子有限公司"),
    ("deep_sea", "深海装备有限公司"),
    ("space_information", "空间信息技术有限公司"),
    ("satellite_internet", "卫星网络有限公司"),
    ("semiconductor_materials", "半导体材料有限公司"),
    ("brain_intelligence", "类脑智能有限公司"),
    ("quantum_information", "量子科技有限公司"),
];

pub fn all() -> Vec<Firm> {
    (0..STEMS.len()).map(firm).collect()
}

fn firm(n: usize) -> Firm {
    let (track, line) = LINES[n % LINES.len()];
    let fit = [Tier::Seed, Tier::FutureStar, Tier::Leading, Tier::Ecosystem][n / 2 % 4];
    let step = n as i64;
    // Scales of the default criteria with room above them; a few firms fall short on purpose.
    let (revenue_fen, growth_ppm, rd_ppm, staff, class1, class2, age) = match fit {
        Tier::Seed => (180_000_000 + step * 7_000_000, 450_000, 320_000, 18 + step, 1, 2, 3),
        Tier::FutureStar => (2_600_000_000 + step * 60_000_000, 320_000, 110_000, 64 + step * 2, 2, 6, 6),
        Tier::Leading => (31_000_000_000 + step * 900_000_000, 140_000, 62_000, 420 + step * 9, 9, 21, 14),
        Tier::Ecosystem => (4_800_000_000 + step * 80_000_000, 80_000, 25_000, 120 + step, 0, 3, 9),
    };
    Firm {
        name: format!("青岛{}{line}", STEMS[n]),
        credit_code: credit_code(n),
        track,
        fit,
        age,
        revenue_fen,
        growth_ppm,
        rd_ppm,
        staff,
        class1,
        class2,
    }
}

fn credit_code(n: usize) -> String {
    let base = format!("91370212MADEM{n:04}");
    let check = check_digit_of(&base).expect("seventeen legal characters");
    format!("{base}{check}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::enterprises::rules::credit_code::CreditCode;

    #[test]
    fn every_firm_has_a_valid_code_and_a_name_of_its_own() {
        let firms = all();
        let names: std::collections::BTreeSet<_> = firms.iter().map(|f| &f.name).collect();
        let codes: std::collections::BTreeSet<_> = firms.iter().map(|f| &f.credit_code).collect();
        assert!(names.len() == 40 && codes.len() == 40);
        for firm in &firms {
            assert!(CreditCode::parse(&firm.credit_code).is_ok(), "{}", firm.credit_code);
            assert!(crate::programme::laoshan_2026().knows_track(firm.track), "{}", firm.track);
        }
    }
}
