//! Notices run by the day in Shanghai; objections are named, reasoned, and answered in time.

use chrono::NaiveDate;

use super::model::{NewNoticeOrder, Notice, Objection, ObjectionState, RecordObjectionBody};
use crate::error::{AppError, Code, Faults, FieldCode, Refusal};
use crate::platform::calendar::{business_day, end_of_day_utc, start_of_day_utc};
use crate::platform::policy::Action;
use crate::platform::text::Say;
use crate::platform::types::Stamp;
use crate::say;

pub fn notice_faults(order: &NewNoticeOrder, today: NaiveDate) -> Result<(), AppError> {
    let mut faults = Faults::default();
    faults.text("/title", &order.title, 2, 200);
    faults.text("/body", &order.body, 0, 20_000);
    if order.starts_on < today {
        let said = say!("公示不能从 {today} 之前开始", "cannot start before {today}");
        faults.add("/starts_on", FieldCode::OutOfRange, said);
    }
    if order.ends_on < order.starts_on {
        faults.add("/ends_on", FieldCode::DateOrder, say!("结束日早于开始日", "is before starts_on"));
    }
    if order.subjects.is_empty() {
        faults.plain("/subjects", FieldCode::Required);
    }
    faults.done()
}

/// Everybody reads a notice from its first day on.
pub fn has_started(notice: &Notice, at: Stamp) -> bool {
    start_of_day_utc(notice.starts_on) <= at.utc()
}

pub fn is_running(notice: &Notice, at: Stamp) -> bool {
    has_started(notice, at) && at.utc() < end_of_day_utc(notice.ends_on)
}

/// Objections are taken until 24:00 in Shanghai on the notice's last day.
pub fn may_object(notice: &Notice, arrived_at: Stamp) -> Result<(), Refusal> {
    if is_running(notice, arrived_at) {
        return Ok(());
    }
    let day = notice.ends_on;
    let said = say!("异议受理至 {day} 24:00 为止", "objections were taken until 24:00 on {day} (Shanghai)");
    Err(Refusal::new(Code::DeadlinePassed, said))
}

/// An anonymous objection is not taken, nor one without evidence.
pub fn objection_faults(faults: &mut Faults, name: &str, contact: &str, content: &str, evidence: &str) {
    const NOBODY: [&str; 5] = ["匿名", "匿名者", "佚名", "anonymous", "anonym"];
    faults.text("/name", name, 2, 100);
    if NOBODY.contains(&name.trim().to_lowercase().as_str()) {
        let said = say!("须实名提出异议", "objections are raised under a real name");
        faults.add("/name", FieldCode::NotAllowed, said);
    }
    faults.text("/contact", contact, 5, 200);
    faults.text("/content", content, 2, 5_000);
    faults.text("/evidence", evidence, 2, 5_000);
}

/// Whether somebody can be reached there: an e-mail address, or at least seven digits of a telephone number.
pub fn contact_faults(faults: &mut Faults, contact: &str) {
    let digits = contact.chars().filter(char::is_ascii_digit).count();
    if contact.trim().chars().count() >= 5 && !contact.contains('@') && digits < 7 {
        let said = say!("须为电话号码或电子邮箱", "must be a telephone number or an e-mail address");
        faults.add("/contact", FieldCode::Format, said);
    }
}

/// The day a paper objection came in: a day of its notice, not later than today.
pub fn received_on(faults: &mut Faults, body: &RecordObjectionBody, notice: Option<&Notice>, now: Stamp) -> NaiveDate {
    let at = "/received_on";
    let today = business_day(now.utc());
    let Some(day) = body.received_on else {
        faults.plain(at, FieldCode::Required);
        return today;
    };
    if day > today {
        faults.plain(at, FieldCode::InTheFuture);
    } else if let Some(notice) = notice
        && !(notice.starts_on..=notice.ends_on).contains(&day)
    {
        let (from, to) = (notice.starts_on, notice.ends_on);
        let said = say!("应在公示期 {from} 至 {to} 之内", "must be a day of the notice, {from} to {to}");
        faults.add(at, FieldCode::OutOfRange, said);
    }
    day
}

/// Everything that moves an objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Admit,
    Refuse,
    Investigate,
    Uphold,
    Dismiss,
    Reply,
}

impl Step {
    pub const ALL: &'static [Step] =
        &[Step::Admit, Step::Refuse, Step::Investigate, Step::Uphold, Step::Dismiss, Step::Reply];

    pub fn action(self) -> Action {
        match self {
            Step::Admit => Action::ObjectionAdmit,
            Step::Refuse => Action::ObjectionReject,
            Step::Investigate => Action::ObjectionInvestigate,
            Step::Uphold | Step::Dismiss => Action::ObjectionResolve,
            Step::Reply => Action::ObjectionReply,
        }
    }
}

use ObjectionState as S;

/// Every transition there is: from, step, to.
pub const TRANSITIONS: &[(ObjectionState, Step, ObjectionState)] = &[
    (S::Received, Step::Admit, S::Admitted),
    (S::Received, Step::Refuse, S::Inadmissible),
    (S::Admitted, Step::Investigate, S::Investigating),
    (S::Admitted, Step::Uphold, S::Upheld),
    (S::Admitted, Step::Dismiss, S::Dismissed),
    (S::Investigating, Step::Uphold, S::Upheld),
    (S::Investigating, Step::Dismiss, S::Dismissed),
    (S::Upheld, Step::Reply, S::Replied),
    (S::Dismissed, Step::Reply, S::Replied),
];

/// The state the step leads to.
pub fn may_take(state: ObjectionState, step: Step) -> Result<ObjectionState, Refusal> {
    let row = TRANSITIONS.iter().find(|(from, by, _)| *from == state && *by == step);
    row.map(|(_, _, to)| *to).ok_or_else(|| {
        let Say { zh, en } = state.label();
        let said = say!("异议当前为“{zh}”，不允许此操作", "the objection is {en}, which does not allow this");
        Refusal::new(Code::InvalidTransition, said)
    })
}

/// Who objected is known to the handling officer alone.
pub fn may_see_objector(objection: &Objection, reader: Option<&str>) -> bool {
    reader.is_some() && objection.handler.as_deref() == reader
}

pub fn is_overdue(state: ObjectionState, due_on: NaiveDate, now: Stamp) -> bool {
    ObjectionState::OPEN.contains(&state) && end_of_day_utc(due_on) <= now.utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Stamp {
        Stamp::new(text.parse().unwrap())
    }

    fn notice() -> Notice {
        Notice {
            id: super::super::model::NoticeId("n".into()),
            kind: super::super::model::NoticeKind::RecognitionList,
            title: "公示".into(),
            body: String::new(),
            round_id: None,
            starts_on: "2026-09-29".parse().unwrap(),
            ends_on: "2026-10-12".parse().unwrap(),
            published_at: at("2026-09-28T16:00:00Z"),
            published_by: "u".into(),
            version: 1,
        }
    }

    #[test]
    fn a_notice_runs_from_the_first_to_the_last_second_of_its_days_in_shanghai() {
        for (moment, running) in [
            ("2026-09-28T15:59:59.999999Z", false),
            ("2026-09-28T16:00:00Z", true),
            ("2026-10-12T15:59:59.999999Z", true),
            ("2026-10-12T16:00:00Z", false),
        ] {
            assert_eq!(is_running(&notice(), at(moment)), running, "{moment}");
        }
    }

    #[test]
    fn only_the_listed_transitions_are_allowed() {
        for state in ObjectionState::ALL {
            for step in Step::ALL {
                let listed = TRANSITIONS.iter().find(|(from, by, _)| from == state && by == step).map(|row| row.2);
                match may_take(*state, *step) {
                    Ok(to) => assert_eq!(Some(to), listed, "{state} {step:?}"),
                    Err(refusal) => assert_eq!((listed, refusal.code), (None, Code::InvalidTransition)),
                }
            }
        }
        assert_eq!(may_take(S::Received, Step::Uphold).unwrap_err().code, Code::InvalidTransition);
        assert_eq!(may_take(S::Admitted, Step::Dismiss), Ok(S::Dismissed));
    }

    #[test]
    fn nobody_and_no_evidence_are_both_named() {
        let faults_of = |name, contact, evidence| {
            let mut faults = Faults::default();
            objection_faults(&mut faults, name, contact, "数据不实", evidence);
            contact_faults(&mut faults, contact);
            let fields = faults.done().err().map(|e| e.fields).unwrap_or_default();
            fields.into_iter().map(|f| (f.pointer, f.code)).collect::<Vec<_>>()
        };
        let pair = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
        assert_eq!(faults_of("李明", "13800000000", "合同复印件"), []);
        assert_eq!(faults_of("李明", "li@firm.example", "合同复印件"), []);
        assert_eq!(
            faults_of("匿名", "电话联系我吧", "合同复印件"),
            [pair("/name", "not_allowed"), pair("/contact", "format"),]
        );
        assert_eq!(
            faults_of(" ", "", ""),
            [pair("/name", "required"), pair("/contact", "required"), pair("/evidence", "required"),]
        );
    }

    #[test]
    fn an_answer_is_overdue_after_its_last_day() {
        let due_on = "2026-10-12".parse().unwrap();
        assert!(!is_overdue(S::Investigating, due_on, at("2026-10-12T15:59:59Z")));
        assert!(is_overdue(S::Investigating, due_on, at("2026-10-12T16:00:00Z")));
        assert!(!is_overdue(S::Dismissed, due_on, at("2026-10-13T00:00:00Z")));
    }
}
