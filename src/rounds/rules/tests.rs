use std::collections::BTreeMap;

use super::*;
use crate::error::AppError;
use crate::platform::types::Doc;
use crate::programme::model::{RuleSetId, Tier};
use crate::rounds::model::{CreateRoundBody, ExtendRoundBody, RoundId};

fn at(text: &str) -> Stamp {
    Stamp::new(text.parse().unwrap())
}

/// 2026-03-10 to 2026-03-31, a minute of grace, no optional phase, publicity until 2026-04-20.
fn round(state: RoundState) -> Round {
    Round {
        id: RoundId("r".into()),
        name: "2026".into(),
        year: 2026,
        tiers: Doc::of(&vec![Tier::Leading]),
        rule_set_id: RuleSetId("s".into()),
        state,
        opens_at: at("2026-03-10T00:00:00Z"),
        closes_at: at("2026-03-31T10:00:00Z"),
        grace_seconds: 60,
        expert_review: false,
        site_check: false,
        certification: false,
        evidence_required: false,
        quotas: Doc::of(&BTreeMap::new()),
        approvals_needed: 1,
        max_returns: 2,
        return_days: 5,
        publicity_days: 5,
        first_day_counts: false,
        publicity_starts_on: Some("2026-04-13".parse().unwrap()),
        publicity_ends_on: Some("2026-04-20".parse().unwrap()),
        notice_id: None,
        guide: None,
        created_by: "u".into(),
        created_at: at("2026-03-01T00:00:00Z"),
        published_at: None,
        updated_at: at("2026-03-01T00:00:00Z"),
        version: 1,
    }
}

fn facts(moment: &str) -> Facts {
    Facts { at: at(moment), rule_set_published: true, open_objections: 0, unsettled: 0 }
}

fn code(outcome: Result<RoundState, Refusal>) -> Result<RoundState, Code> {
    outcome.map_err(|refusal| refusal.code)
}

#[test]
fn every_step_outside_the_table_is_an_invalid_transition() {
    // Late enough for every guard of time but the publication's.
    let late = facts("2026-05-01T00:00:00Z");
    for state in RoundState::ALL {
        for step in Step::ALL {
            let row = TRANSITIONS.iter().find(|(from, by, _, _)| from == state && by == step);
            let outcome = code(may_take(&round(*state), *step, &late));
            match row {
                None => assert_eq!(outcome, Err(Code::InvalidTransition), "{state} {step:?}"),
                Some((_, _, to, [])) => assert_eq!(outcome, Ok(*to), "{state} {step:?}"),
                Some(_) => {}
            }
        }
    }
}

#[test]
fn no_transition_is_listed_twice() {
    for (i, (from, step, _, _)) in TRANSITIONS.iter().enumerate() {
        assert!(!TRANSITIONS[..i].iter().any(|(f, s, _, _)| f == from && s == step), "{from} {step:?}");
    }
}

#[test]
fn a_round_is_cancelled_before_its_publicity_only() {
    use RoundState::*;
    for state in RoundState::ALL {
        let before = !matches!(state, Publicity | Concluded | Archived | Cancelled);
        assert_eq!(may_take(&round(*state), Step::Cancel, &facts("2026-05-01T00:00:00Z")).is_ok(), before, "{state}");
    }
}

#[test]
fn the_guards_hold_to_the_microsecond() {
    use RoundState::*;
    for (state, step, moment, expected) in [
        (Draft, Step::Publish, "2026-03-31T09:59:59.999999Z", Ok(Published)),
        (Draft, Step::Publish, "2026-03-31T10:00:00Z", Err(Code::DeadlinePassed)),
        (Published, Step::Open, "2026-03-09T23:59:59.999999Z", Err(Code::NotYetDue)),
        (Published, Step::Open, "2026-03-10T00:00:00Z", Ok(Open)),
        (Open, Step::Close, "2026-03-31T10:01:00Z", Err(Code::NotYetDue)),
        (Open, Step::Close, "2026-03-31T10:01:00.000001Z", Ok(Closed)),
        // 24:00 of 20 April in Shanghai
        (Publicity, Step::Conclude, "2026-04-20T15:59:59.999999Z", Err(Code::NotYetDue)),
        (Publicity, Step::Conclude, "2026-04-20T16:00:00Z", Ok(Concluded)),
    ] {
        assert_eq!(code(may_take(&round(state), step, &facts(moment))), expected, "{state} {step:?} {moment}");
    }
}

#[test]
fn an_open_objection_and_an_unpublished_rule_set_stand_in_the_way() {
    let held = Facts { open_objections: 2, ..facts("2026-05-01T00:00:00Z") };
    let refusal = may_take(&round(RoundState::Publicity), Step::Conclude, &held).unwrap_err();
    assert_eq!((refusal.code, refusal.say.en.as_str()), (Code::ObjectionOpen, "objections still open: 2"));
    let unpublished = Facts { rule_set_published: false, ..facts("2026-03-02T00:00:00Z") };
    assert_eq!(code(may_take(&round(RoundState::Draft), Step::Publish, &unpublished)), Err(Code::InvalidTransition));
}

#[test]
fn optional_phases_are_passed_when_the_round_has_them_and_only_then() {
    use RoundState::*;
    const NO: Result<RoundState, Code> = Err(Code::InvalidTransition);
    for (expert_review, site_check, from, experts, sites, deliberation) in [
        (false, false, FormalReview, NO, NO, Ok(Deliberation)),
        (true, false, FormalReview, Ok(ExpertReview), NO, NO),
        (false, true, FormalReview, NO, Ok(SiteCheck), NO),
        (true, true, FormalReview, Ok(ExpertReview), NO, NO),
        (true, false, ExpertReview, NO, NO, Ok(Deliberation)),
        (true, true, ExpertReview, NO, Ok(SiteCheck), NO),
        (true, true, SiteCheck, NO, NO, Ok(Deliberation)),
    ] {
        let round = Round { expert_review, site_check, ..round(from) };
        let taken = |step| code(may_take(&round, step, &facts("2026-05-01T00:00:00Z")));
        let case = format!("expert review {expert_review}, site check {site_check}, {from}");
        assert_eq!(taken(Step::ReviewByExperts), experts, "{case}");
        assert_eq!(taken(Step::CheckSites), sites, "{case}");
        assert_eq!(taken(Step::Deliberate), deliberation, "{case}");
    }
}

#[test]
fn a_submission_counts_until_the_last_moment_of_the_grace() {
    use RoundState::*;
    for (state, arrived_at, expected) in [
        (Open, "2026-03-31T10:00:00Z", Ok(())),
        (Open, "2026-03-31T10:01:00Z", Ok(())),
        (Open, "2026-03-31T10:01:00.000001Z", Err(Code::DeadlinePassed)),
        // It waited for its turn while the worker closed the round.
        (Closed, "2026-03-31T10:01:00Z", Ok(())),
        (Closed, "2026-03-31T10:01:00.000001Z", Err(Code::DeadlinePassed)),
        (Published, "2026-03-10T00:00:00Z", Err(Code::InvalidTransition)),
        (FormalReview, "2026-03-31T10:00:00Z", Err(Code::InvalidTransition)),
        (Cancelled, "2026-03-20T10:00:00Z", Err(Code::InvalidTransition)),
    ] {
        let outcome = accepts_submission(&round(state), at(arrived_at)).map_err(|refusal| refusal.code);
        assert_eq!(outcome, expected, "{state} {arrived_at}");
    }
}

fn form() -> CreateRoundBody {
    CreateRoundBody {
        name: Some(" 2026 年度筛选 ".into()),
        year: Some(2026),
        tiers: Some(vec![Tier::Leading, Tier::Ecosystem]),
        rule_set_id: Some(RuleSetId("s".into())),
        opens_at: Some(at("2026-03-10T00:00:00Z")),
        closes_at: Some(at("2026-03-31T10:00:00Z")),
        ..CreateRoundBody::default()
    }
}

fn faults(outcome: Result<impl Sized, AppError>) -> Vec<(String, String)> {
    outcome.err().map(|e| e.fields.into_iter().map(|f| (f.pointer, f.code)).collect()).unwrap_or_default()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(pointer, code)| (pointer.to_string(), code.to_string())).collect()
}

#[test]
fn a_form_with_the_required_fields_gets_the_defaults() {
    let settings = settle(&form(), Some(true)).unwrap();
    assert_eq!(settings.name, "2026 年度筛选");
    assert_eq!((settings.grace_seconds, settings.approvals_needed, settings.max_returns), (0, 1, 2));
    assert_eq!((settings.return_days, settings.publicity_days, settings.first_day_counts), (5, 5, false));
    assert_eq!((settings.expert_review, settings.site_check, settings.guide), (false, false, None));
}

#[test]
fn everything_wrong_with_a_form_is_said_at_once() {
    let empty = faults(settle(&CreateRoundBody::default(), None));
    let required = ["/name", "/year", "/tiers", "/rule_set_id", "/opens_at", "/closes_at"];
    assert_eq!(empty, pairs(&required.map(|pointer| (pointer, "required"))));

    let wrong = CreateRoundBody {
        name: Some("x".into()),
        year: Some(1999),
        tiers: Some(vec![Tier::Leading, Tier::Leading]),
        closes_at: form().opens_at,
        quotas: Some(BTreeMap::from([(Tier::Leading, 0), (Tier::Seed, 3)])),
        grace_seconds: Some(3601),
        approvals_needed: Some(4),
        max_returns: Some(-1),
        return_days: Some(0),
        publicity_days: Some(61),
        ..form()
    };
    let mut said = faults(settle(&wrong, Some(false)));
    said.sort();
    assert_eq!(
        said,
        pairs(&[
            ("/approvals_needed", "out_of_range"),
            ("/closes_at", "date_order"),
            ("/grace_seconds", "out_of_range"),
            ("/max_returns", "out_of_range"),
            ("/name", "too_short"),
            ("/publicity_days", "out_of_range"),
            ("/quotas/leading", "out_of_range"),
            ("/quotas/seed", "not_allowed"),
            ("/return_days", "out_of_range"),
            ("/rule_set_id", "not_allowed"),
            ("/tiers/1", "duplicate"),
            ("/year", "out_of_range"),
        ])
    );
    assert_eq!(faults(settle(&form(), None)), pairs(&[("/rule_set_id", "not_existing")]));
}

#[test]
fn an_extension_leads_past_the_old_deadline_and_past_now() {
    let (old, now) = (at("2026-03-31T10:00:00Z"), at("2026-04-02T00:00:00Z"));
    let of = |closes_at: &str, reason: &str| ExtendRoundBody { closes_at: Some(at(closes_at)), reason: reason.into() };
    let checked = |body: &ExtendRoundBody| faults(extension_faults(body, old, now));
    assert_eq!(checked(&of("2026-04-03T00:00:00Z", "系统故障")), []);
    assert_eq!(checked(&of("2026-03-31T10:00:00Z", "系统故障")), pairs(&[("/closes_at", "date_order")]));
    assert_eq!(checked(&of("2026-04-02T00:00:00Z", "系统故障")), pairs(&[("/closes_at", "out_of_range")]));
    let nothing = ExtendRoundBody::default();
    assert_eq!(checked(&nothing), pairs(&[("/closes_at", "required"), ("/reason", "required")]));
}
