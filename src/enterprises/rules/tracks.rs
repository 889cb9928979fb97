//! The tracks (赛道) an enterprise may be of: those of the district and the topics under observation.

use crate::programme::RuleSet;

/// The code of a track written as its code or by its name.
pub fn track_of<'a>(rules: &'a RuleSet, words: &str) -> Option<&'a str> {
    let tracks = rules.tracks.iter().map(|track| (track.code.as_str(), &track.name));
    let topics = rules.watch_list.iter().map(|topic| (topic.code.as_str(), &topic.name));
    let meant = |(code, name): &(&str, &crate::platform::text::Say)| {
        *code == words || name.zh == words || name.en.eq_ignore_ascii_case(words)
    };
    tracks.chain(topics).find(meant).map(|(code, _)| code)
}
