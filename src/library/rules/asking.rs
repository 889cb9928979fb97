//! What people may ask for, checked before anything moves.

use crate::error::{Code, Faults, FieldCode, Refusal};
use crate::library::model::{CandidateOrigin, CreateMembershipBody, Source};
use crate::platform::text::Say;
use crate::platform::types::Stamp;
use crate::rounds::model::{Round, RoundState};
use crate::say;

pub const REASON_MAX: usize = 2_000;
pub const BASIS_MAX: usize = 500;
const MOST_BAR_YEARS: i64 = 10;

/// A step that takes a right away says why and by which article.
pub fn check_grounds(reason: &str, basis: &str, faults: &mut Faults) {
    faults.text("/reason", reason, 1, REASON_MAX);
    faults.text("/basis", basis, 1, BASIS_MAX);
}

pub fn check_bar_years(years: i64, faults: &mut Faults) {
    faults.range("/bar_years", years, 0, MOST_BAR_YEARS);
}

/// Who may bring an enterprise in by which source, and what each source has to tell.
pub fn check_candidate(body: &CreateMembershipBody, by_officer: bool, faults: &mut Faults) {
    if body.enterprise_id.is_none() {
        faults.plain("/enterprise_id", FieldCode::Required);
    }
    if body.lane.is_none() {
        faults.plain("/lane", FieldCode::Required);
    }
    let Some(source) = body.source else {
        faults.plain("/source", FieldCode::Required);
        return;
    };
    let open = match source {
        Source::SelfCheck => !by_officer,
        Source::Competition | Source::Referral | Source::Import => by_officer,
        Source::Screening | Source::NotSelected | Source::Recruitment => false,
    };
    if !open {
        let said = say!("此来源不能由您登记", "you cannot enter a candidate of this source");
        faults.add("/source", FieldCode::NotAllowed, said);
    }
    if source == Source::SelfCheck && !body.consent {
        faults.plain("/consent", FieldCode::Required);
    }
    check_origin(source, &body.detail, faults);
}

fn check_origin(source: Source, origin: &CandidateOrigin, faults: &mut Faults) {
    let needed = |wanted: Source| usize::from(source == wanted);
    for (pointer, text, least, most) in [
        ("/detail/event", &origin.event, needed(Source::Competition), 200),
        ("/detail/place", &origin.place, 0, 100),
        ("/detail/track", &origin.track, 0, 100),
        ("/detail/referred_by", &origin.referred_by, needed(Source::Referral), 200),
        ("/detail/note", &origin.note, 0, REASON_MAX),
    ] {
        faults.text(pointer, text.as_deref().unwrap_or_default(), least, most);
    }
}

/// Whoever is invited must still be able to apply.
pub fn may_invite(round: &Round, at: Stamp) -> Result<(), Refusal> {
    match round.state {
        RoundState::Published | RoundState::Open if at >= round.closes_at => Err(Refusal::plain(Code::DeadlinePassed)),
        RoundState::Published | RoundState::Open => Ok(()),
        _ => {
            let Say { zh, en } = round.state.label();
            Err(Refusal::new(
                Code::InvalidTransition,
                say!("批次当前为“{zh}”，不能邀请申报", "the round is {en}: nobody is invited to it"),
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::enterprises::model::EnterpriseId;
    use crate::programme::model::Lane;

    #[test]
    fn each_source_has_its_people_and_its_story() {
        let event = CandidateOrigin { event: Some("海洋创新创业大赛".into()), ..CandidateOrigin::default() };
        let referral = CandidateOrigin { referred_by: Some("某园区".into()), ..CandidateOrigin::default() };
        let none = CandidateOrigin::default();
        for (source, detail, consent, by_officer, expected) in [
            (Source::SelfCheck, &none, true, false, &[][..]),
            (Source::SelfCheck, &none, false, false, &["/consent"]),
            (Source::SelfCheck, &none, true, true, &["/source"]),
            (Source::Competition, &event, false, true, &[]),
            (Source::Competition, &none, false, true, &["/detail/event"]),
            (Source::Competition, &event, false, false, &["/source"]),
            (Source::Referral, &referral, false, true, &[]),
            (Source::Referral, &event, false, true, &["/detail/referred_by"]),
            (Source::Import, &none, false, true, &[]),
            (Source::Screening, &none, false, true, &["/source"]),
            (Source::NotSelected, &none, false, true, &["/source"]),
        ] {
            let body = CreateMembershipBody {
                enterprise_id: Some(EnterpriseId("e".into())),
                lane: Some(Lane::Ladder),
                source: Some(source),
                detail: detail.clone(),
                consent,
            };
            let mut faults = Faults::default();
            check_candidate(&body, by_officer, &mut faults);
            let found: Vec<_> =
                faults.done().err().map(|e| e.fields.into_iter().map(|f| f.pointer).collect()).unwrap_or_default();
            assert_eq!(found, expected, "{source} {detail:?} officer {by_officer}");
        }
    }
}
