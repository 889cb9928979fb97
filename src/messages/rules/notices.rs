//! Which notices an event or a deadline makes due.

use crate::messages::model::notices::{Deadline, Mailed, Mailing, Notice, When};
use crate::platform::trail::Event;

/// What an event makes due. `action` is the name the trail gives it.
pub fn notices_of(event: &Event, action: &str) -> Vec<Notice> {
    let kind = event.subject.kind;
    let becomes = |state: &str| event.to.as_deref() == Some(state) && event.from != event.to;
    let fits = |when: &When| match *when {
        When::Becomes(k, state) => k == kind && becomes(state),
        When::Does(k, what) => k == kind && what == action,
        When::Moves(k, from, to) => k == kind && event.from.as_deref() == Some(from) && becomes(to),
        When::Any(k) => k == kind,
        When::Gets(k, field, value) => k == kind && event.changes.new_value(field).is_some_and(|new| new == value),
        When::Before(_) | When::After(_) => false,
    };
    Notice::ALL.iter().copied().filter(|notice| notice.when().iter().any(fits)).collect()
}

/// The notices about a deadline: those before it, or those after.
pub fn notices_about(deadline: Deadline, passed: bool) -> Vec<Notice> {
    let wanted = if passed { When::After(deadline) } else { When::Before(deadline) };
    Notice::ALL.iter().copied().filter(|notice| notice.when().contains(&wanted)).collect()
}

/// How the notice is mailed to somebody who has chosen `choice`, or nothing.
pub fn mailing(notice: Notice, choice: Option<Mailing>) -> Mailing {
    let Mailed { mailing, mandatory } = notice.mailed();
    match choice {
        Some(Mailing::Never) if mandatory => mailing,
        Some(chosen) => chosen,
        None => mailing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::mail::LETTERS;
    use crate::platform::trail::{Changes, Subject};

    fn event(kind: &'static str) -> Event {
        Event::on(Subject::new(kind, "1"))
    }

    #[test]
    fn an_event_is_matched_by_what_became_of_its_subject_or_by_what_was_done() {
        use Notice::*;
        let escalated = |level| Changes::default().field("escalation", "none", level);
        for (event, action, expected) in [
            (
                event("application").moved("draft", "submitted"),
                "application.submit",
                vec![ApplicationReceived, ApplicationArrived],
            ),
            (event("application").moved("submitted", "submitted"), "application.update", vec![]),
            (event("application").moved("objected", "in_publicity"), "application.clear", vec![]),
            (
                event("application").moved("proposed", "in_publicity"),
                "application.publicise",
                vec![ApplicationInPublicity],
            ),
            (event("enterprise").to("submitted"), "enterprise.update", vec![]),
            (event("round"), "round.extend", vec![RoundExtended]),
            (event("draw"), "panel.draw", vec![ReviewAssigned]),
            (event("support_item").changes(escalated("yellow")), "support_item.escalate", vec![SupportItemYellow]),
            (
                event("support_item").changes(escalated("red")),
                "support_item.escalate",
                vec![SupportItemYellow, SupportItemRed],
            ),
            (event("support_item").changes(escalated("none")), "support_item.escalate", vec![]),
        ] {
            assert_eq!(notices_of(&event, action), expected, "{action} {:?}", event.to);
        }
    }

    #[test]
    fn every_deadline_is_reminded_of_and_every_notice_has_its_letter() {
        for deadline in Deadline::ALL {
            let about = [false, true].map(|passed| notices_about(*deadline, passed));
            assert!(about.iter().any(|notices| !notices.is_empty()), "{deadline}");
        }
        for notice in Notice::ALL {
            assert!(LETTERS.iter().any(|letter| letter.name == notice.as_str()), "{notice}");
            assert!(!notice.when().is_empty());
        }
    }

    #[test]
    fn a_choice_is_followed_except_that_mandatory_mail_cannot_be_turned_off() {
        let table = [
            (Notice::RoundOpened, None, Mailing::Now),
            (Notice::RoundOpened, Some(Mailing::Never), Mailing::Never),
            (Notice::RoundOpened, Some(Mailing::Digest), Mailing::Digest),
            (Notice::ClaimWaiting, None, Mailing::Digest),
            (Notice::ClaimWaiting, Some(Mailing::Now), Mailing::Now),
            (Notice::ApplicationReturned, Some(Mailing::Never), Mailing::Now),
            (Notice::SupportItemRed, Some(Mailing::Never), Mailing::Digest),
        ];
        for (notice, choice, expected) in table {
            assert_eq!(mailing(notice, choice), expected, "{notice} {choice:?}");
        }
    }
}
