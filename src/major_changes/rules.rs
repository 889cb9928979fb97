//! What a report of a major change has to say, and by when.

use chrono::{Months, NaiveDate};

use super::model::{ChangeKind, ChangeState, CreateMajorChangeBody};
use crate::error::{Code, Faults, FieldCode, Refusal};
use crate::say;

pub const NOTE_MAX: usize = 2_000;
const TEXT_MAX: usize = 200;

/// The last day on which a report is in time: whole months after the change. In a month without such a day, its last one.
pub fn due_on(occurred_on: NaiveDate, months: u32) -> NaiveDate {
    occurred_on.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

pub fn check_report(body: &CreateMajorChangeBody, today: NaiveDate, faults: &mut Faults) {
    for (pointer, missing) in [
        ("/enterprise_id", body.enterprise_id.is_none()),
        ("/kind", body.kind.is_none()),
        ("/occurred_on", body.occurred_on.is_none()),
    ] {
        if missing {
            faults.plain(pointer, FieldCode::Required);
        }
    }
    if body.occurred_on.is_some_and(|day| day > today) {
        faults.plain("/occurred_on", FieldCode::InTheFuture);
    }
    let needed = |wanted: ChangeKind| usize::from(body.kind == Some(wanted));
    let detail = &body.detail;
    for (pointer, text, least, most) in [
        ("/detail/new_name", &detail.new_name, needed(ChangeKind::Rename), TEXT_MAX),
        ("/detail/counterpart_code", &detail.counterpart_code, needed(ChangeKind::Merger), 18),
        ("/detail/new_address", &detail.new_address, needed(ChangeKind::Relocation), TEXT_MAX),
        ("/detail/new_controller", &detail.new_controller, needed(ChangeKind::ChangeOfControl), TEXT_MAX),
        ("/note", &body.note, needed(ChangeKind::Other), NOTE_MAX),
    ] {
        faults.text(pointer, text.as_deref().unwrap_or_default(), least, most);
    }
    if detail.old_name.is_some() {
        faults.plain("/detail/old_name", FieldCode::NotAllowed);
    }
    // What belongs to another kind of change would be taken over unseen.
    for (pointer, given, kind) in [
        ("/detail/new_name", detail.new_name.is_some(), ChangeKind::Rename),
        ("/detail/counterpart_code", detail.counterpart_code.is_some(), ChangeKind::Merger),
        ("/detail/absorbed", detail.absorbed, ChangeKind::Merger),
        ("/detail/new_address", detail.new_address.is_some(), ChangeKind::Relocation),
        ("/detail/new_controller", detail.new_controller.is_some(), ChangeKind::ChangeOfControl),
    ] {
        if given && body.kind.is_some_and(|stated| stated != kind) {
            faults.plain(pointer, FieldCode::NotAllowed);
        }
    }
}

pub fn may_resolve(state: ChangeState) -> Result<(), Refusal> {
    match state {
        ChangeState::Reported => Ok(()),
        ChangeState::Kept | ChangeState::Rechecked => {
            Err(Refusal::new(Code::InvalidTransition, say!("该变化已处理", "the change has been settled")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::enterprises::model::EnterpriseId;
    use crate::major_changes::model::ChangeDetail;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn three_months_end_on_the_same_day_or_the_last_of_a_shorter_month() {
        for (occurred, due) in
            [("2026-01-15", "2026-04-15"), ("2026-11-30", "2027-02-28"), ("2027-11-30", "2028-02-29")]
        {
            assert_eq!(due_on(day(occurred), 3), day(due), "{occurred}");
        }
    }

    #[test]
    fn each_kind_of_change_tells_what_belongs_to_it_and_nothing_else() {
        let text = |value: &str| Some(value.to_owned());
        let none = ChangeDetail::default;
        let renamed = || ChangeDetail { new_name: text("新名称"), ..none() };
        for (kind, detail, note, expected) in [
            (ChangeKind::Rename, renamed(), None, &[][..]),
            (ChangeKind::Rename, none(), None, &["/detail/new_name"]),
            (ChangeKind::Merger, none(), None, &["/detail/counterpart_code"]),
            (ChangeKind::Merger, ChangeDetail { counterpart_code: text("x"), absorbed: true, ..none() }, None, &[]),
            (ChangeKind::Relocation, renamed(), None, &["/detail/new_address", "/detail/new_name"]),
            (ChangeKind::ChangeOfControl, ChangeDetail { new_controller: text("某人"), ..none() }, None, &[]),
            (ChangeKind::Other, none(), None, &["/note"]),
            (ChangeKind::Other, ChangeDetail { old_name: text("旧"), ..none() }, text("说明"), &["/detail/old_name"]),
        ] {
            let body = CreateMajorChangeBody {
                enterprise_id: Some(EnterpriseId("e".into())),
                kind: Some(kind),
                occurred_on: Some(day("2026-03-01")),
                detail,
                note,
            };
            let mut faults = Faults::default();
            check_report(&body, day("2026-03-01"), &mut faults);
            let found: Vec<_> =
                faults.done().err().map(|e| e.fields.into_iter().map(|f| f.pointer).collect()).unwrap_or_default();
            assert_eq!(found, expected, "{body:?}");
        }
    }
}
