//! Who may still change a rule set, and who may publish it.

use crate::error::{Code, Refusal};
use crate::platform::actor::UserId;
use crate::programme::model::RuleSetState;
use crate::say;

/// What rounds and applications stand on must not move under them.
pub fn may_change(state: RuleSetState) -> Result<(), Refusal> {
    match state {
        RuleSetState::Draft => Ok(()),
        RuleSetState::Published => Err(Refusal::new(
            Code::RuleSetPublished,
            say!(
                "已发布的规则版本不可更改，请另建草稿",
                "a published rule set version never changes: hand in the edited text as a new draft"
            ),
        )),
    }
}

/// Two people: neither who began the draft nor who wrote its present text publishes it.
pub fn may_publish(state: RuleSetState, written_by: [&str; 2], person: &UserId) -> Result<(), Refusal> {
    may_change(state)?;
    if written_by.contains(&person.as_str()) { Err(Refusal::plain(Code::TwoPersonRule)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_published_by_somebody_who_wrote_none_of_it_and_only_once() {
        use RuleSetState::*;
        let approver = UserId("c".into());
        for (state, written_by, expected) in [
            (Draft, ["a", "b"], None),
            (Draft, ["c", "b"], Some(Code::TwoPersonRule)),
            (Draft, ["a", "c"], Some(Code::TwoPersonRule)),
            (Published, ["a", "b"], Some(Code::RuleSetPublished)),
            (Published, ["c", "c"], Some(Code::RuleSetPublished)),
        ] {
            let refusal = may_publish(state, written_by, &approver).err();
            assert_eq!(refusal.map(|r| r.code), expected, "{state} {written_by:?}");
        }
    }
}
