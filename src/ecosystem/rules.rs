//! What links and leads have to say, and how a lead gets on.

use chrono::{Datelike, NaiveDate};

use super::model::{AdvanceLeadBody, Lead, LeadStage, Link, LinkKind};
use crate::error::{Code, Faults, FieldCode, Refusal};
use crate::platform::text::Say;
use crate::programme::figures::Partner;
use crate::programme::{Figures, RuleSet};
use crate::say;

pub const TEXT_MAX: usize = 200;
pub const REASON_MAX: usize = 2_000;

use LeadStage as S;

/// Every step of a lead.
const STEPS: &[(&[LeadStage], LeadStage)] = &[
    (&[S::Lead, S::Lost], S::Negotiating),
    (&[S::Negotiating], S::Signed),
    (&[S::Signed], S::Landed),
    (&[S::Lead, S::Negotiating, S::Signed], S::Lost),
];

pub fn may_advance(from: LeadStage, to: LeadStage) -> Result<(), Refusal> {
    if STEPS.iter().any(|(starts, end)| *end == to && starts.contains(&from)) {
        return Ok(());
    }
    let (Say { zh: zh_from, en: en_from }, Say { zh: zh_to, en: en_to }) = (from.label(), to.label());
    Err(Refusal::new(
        Code::InvalidTransition,
        say!("招引进度不能由“{zh_from}”变为“{zh_to}”", "a lead does not go from {en_from} to {en_to}"),
    ))
}

/// Any step at all, for the list of what can be done.
pub fn may_move_on(from: LeadStage) -> Result<(), Refusal> {
    may_advance(from, S::Negotiating).or_else(|_| may_advance(from, S::Lost))
}

/// What is over is no longer edited.
pub fn may_edit_link(link: &Link) -> Result<(), Refusal> {
    match link.ended_at {
        None => Ok(()),
        Some(_) => Err(Refusal::new(Code::InvalidTransition, say!("该链接已结束", "the link has ended"))),
    }
}

pub fn check_track(track: &str, rules: &RuleSet, faults: &mut Faults) {
    if track.is_empty() {
        faults.plain("/track", FieldCode::Required);
    } else if !rules.tracks.iter().any(|known| known.code == track) {
        faults.plain("/track", FieldCode::UnknownTrack);
    }
}

/// The link as it shall be.
pub fn check_link(link: &Link, faults: &mut Faults) {
    faults.text("/item", &link.item, 1, TEXT_MAX);
    faults.text("/contract_number", link.contract_number.as_deref().unwrap_or_default(), 0, 100);
    if let Some(amount) = link.amount_fen {
        faults.range("/amount_fen", amount, 0, i64::MAX);
    }
    if link.starts_on.zip(link.ends_on).is_some_and(|(start, end)| end < start) {
        faults.plain("/ends_on", FieldCode::DateOrder);
    }
    if link.counterpart_id.as_ref() == Some(&link.enterprise_id) {
        faults.plain("/counterpart_id", FieldCode::NotAllowed);
    }
    if link.counterpart_id.is_none() && (link.contract_number.is_some() || link.amount_fen.is_some()) {
        // A contract has two sides.
        faults.plain("/counterpart_id", FieldCode::Required);
    }
}

pub fn check_lead(lead: &Lead, faults: &mut Faults) {
    faults.text("/name", &lead.name, 1, TEXT_MAX);
    for (pointer, text, most) in [
        ("/contact", &lead.contact, 100),
        ("/contact_phone", &lead.contact_phone, 30),
        ("/promised", &lead.promised, REASON_MAX),
    ] {
        faults.text(pointer, text.as_deref().unwrap_or_default(), 0, most);
    }
    if let Some(amount) = lead.investment_fen {
        faults.range("/investment_fen", amount, 0, i64::MAX);
    }
}

/// What a stage has to tell; what belongs to another stage is refused.
pub fn check_advance(to: LeadStage, body: &AdvanceLeadBody, today: NaiveDate, faults: &mut Faults) {
    let given = [
        ("/enterprise_id", body.enterprise_id.is_some(), S::Signed, true),
        ("/agreement_number", body.agreement_number.is_some(), S::Signed, true),
        ("/signed_on", body.signed_on.is_some(), S::Signed, true),
        ("/agreement_ends_on", body.agreement_ends_on.is_some(), S::Signed, false),
        ("/landed_on", body.landed_on.is_some(), S::Landed, true),
        ("/reason", body.reason.is_some(), S::Lost, true),
    ];
    for (pointer, is_given, stage, needed) in given {
        if stage == to && needed && !is_given {
            faults.plain(pointer, FieldCode::Required);
        } else if stage != to && is_given {
            faults.plain(pointer, FieldCode::NotAllowed);
        }
    }
    if let Some(number) = &body.agreement_number {
        faults.text("/agreement_number", number, 1, 100);
    }
    if let Some(reason) = &body.reason {
        faults.text("/reason", reason, 1, REASON_MAX);
    }
    for (pointer, day) in [("/signed_on", body.signed_on), ("/landed_on", body.landed_on)] {
        if day.is_some_and(|day| day > today) {
            faults.plain(pointer, FieldCode::InTheFuture);
        }
    }
    if body.signed_on.zip(body.agreement_ends_on).is_some_and(|(start, end)| end < start) {
        faults.plain("/agreement_ends_on", FieldCode::DateOrder);
    }
}

/// What is known of the other side of a link.
pub struct Counterpart {
    pub name: String,
    pub local: bool,
    /// Holds a tier of the library today.
    pub member: bool,
}

/// A link as a rule set reads it, seen from one side. A contract counts in the year it began; one whose term is over only while
/// rules may still ask for that year, the round's or the one before.
pub fn partner(
    link: &Link,
    seen_as: LinkKind,
    other: &Counterpart,
    base_year: i32,
    today: NaiveDate,
) -> Option<Partner> {
    let began = link.starts_on.map(|day| day.year());
    let over = link.ends_on.is_some_and(|end| end < today);
    if over && began.is_none_or(|year| year < base_year - 1) {
        return None;
    }
    Some(Partner {
        name: other.name.clone(),
        role: Some(seen_as.partner_role()),
        library_member: Some(other.member),
        local: Some(other.local),
        contract: Some(link.contract_number.is_some()),
        amount_fen: link.amount_fen,
        year: began,
    })
}

/// A link with a partner says more than what was stated about it.
pub fn take_over(figures: &mut Figures, linked: Vec<Partner>) {
    let partners = figures.partners.get_or_insert_default();
    partners.retain(|stated| linked.iter().all(|link| link.name.trim() != stated.name.trim()));
    partners.extend(linked);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ecosystem::model::LinkId;
    use crate::enterprises::model::EnterpriseId;
    use crate::platform::clock::Clock;
    use crate::programme::figures::PartnerRole;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn link() -> Link {
        let now = Clock::default().now();
        Link {
            id: LinkId("l".into()),
            track: "terahertz".into(),
            enterprise_id: EnterpriseId("a".into()),
            kind: LinkKind::Supplies,
            counterpart_id: Some(EnterpriseId("b".into())),
            item: "镜头".into(),
            contract_number: Some("HT-1".into()),
            amount_fen: Some(5),
            starts_on: Some(day("2025-04-01")),
            ends_on: Some(day("2026-03-31")),
            ended_at: None,
            created_by: "officer".into(),
            created_at: now,
            updated_at: now,
            version: 1,
        }
    }

    fn pointers(check: impl FnOnce(&mut Faults)) -> Vec<String> {
        let mut faults = Faults::default();
        check(&mut faults);
        let mut found: Vec<_> =
            faults.done().err().map(|e| e.fields.into_iter().map(|f| f.pointer).collect()).unwrap_or_default();
        found.sort();
        found
    }

    #[test]
    fn a_lead_goes_step_by_step_and_may_be_lost_until_it_has_landed() {
        let possible =
            |from| LeadStage::ALL.iter().copied().filter(|to| may_advance(from, *to).is_ok()).collect::<Vec<_>>();
        for (from, to) in [
            (S::Lead, &[S::Negotiating, S::Lost][..]),
            (S::Negotiating, &[S::Signed, S::Lost]),
            (S::Signed, &[S::Landed, S::Lost]),
            (S::Landed, &[]),
            (S::Lost, &[S::Negotiating]),
        ] {
            assert_eq!(possible(from), to, "{from}");
            assert_eq!(may_move_on(from).is_ok(), !to.is_empty(), "{from}");
        }
    }

    #[test]
    fn every_stage_tells_its_own_and_nothing_else() {
        let today = day("2026-03-02");
        let empty = AdvanceLeadBody::default;
        for (to, body, expected) in [
            (S::Negotiating, empty(), &[][..]),
            (S::Signed, empty(), &["/agreement_number", "/enterprise_id", "/signed_on"]),
            (S::Landed, AdvanceLeadBody { landed_on: Some(day("2026-03-03")), ..empty() }, &["/landed_on"]),
            (S::Landed, AdvanceLeadBody { landed_on: Some(today), reason: Some("x".into()), ..empty() }, &["/reason"]),
            (S::Lost, AdvanceLeadBody { reason: Some(" ".into()), ..empty() }, &["/reason"]),
        ] {
            assert_eq!(pointers(|faults| check_advance(to, &body, today, faults)), expected, "{to} {body:?}");
        }
    }

    #[test]
    fn a_link_has_two_different_sides_or_no_contract() {
        let firm = |id: &str| Some(EnterpriseId(id.into()));
        for (change, expected) in [
            (link(), &[][..]),
            (Link { counterpart_id: firm("a"), ..link() }, &["/counterpart_id"]),
            (Link { counterpart_id: None, ..link() }, &["/counterpart_id"]),
            (Link { counterpart_id: None, contract_number: None, amount_fen: None, ..link() }, &[]),
            (Link { ends_on: Some(day("2025-03-31")), amount_fen: Some(-1), ..link() }, &["/amount_fen", "/ends_on"]),
            (Link { item: String::new(), ..link() }, &["/item"]),
        ] {
            assert_eq!(pointers(|faults| check_link(&change, faults)), expected, "{change:?}");
        }
    }

    #[test]
    fn a_link_is_a_partner_on_both_sides_while_its_contract_counts() {
        let other = Counterpart { name: "乙公司".into(), local: true, member: true };
        let seen = |link: &Link, kind, today: &str| partner(link, kind, &other, 2026, day(today));
        let expected = Partner {
            name: "乙公司".into(),
            role: Some(PartnerRole::Down),
            library_member: Some(true),
            local: Some(true),
            contract: Some(true),
            amount_fen: Some(5),
            year: Some(2025),
        };
        assert_eq!(seen(&link(), LinkKind::Supplies, "2026-03-02"), Some(expected.clone()));
        let reversed = seen(&link(), LinkKind::Supplies.reversed(), "2026-03-02").expect("a partner");
        assert_eq!(reversed.role, Some(PartnerRole::Up));
        assert_eq!(seen(&link(), LinkKind::Supplies, "2026-04-01"), Some(expected), "over, but of the year before");
        let old = Link { starts_on: Some(day("2023-04-01")), ..link() };
        assert!(seen(&old, LinkKind::Supplies, "2026-03-31").is_some(), "it still runs");
        assert_eq!(seen(&old, LinkKind::Supplies, "2026-04-01"), None);
    }

    #[test]
    fn a_link_takes_the_place_of_what_was_stated_about_the_same_partner() {
        let named = |name: &str, amount| Partner { name: name.into(), amount_fen: Some(amount), ..Partner::default() };
        let stated = vec![named(" 乙公司 ", 9), named("丙公司", 3)];
        let mut figures = Figures { partners: Some(stated), ..Figures::default() };
        take_over(&mut figures, vec![named("乙公司", 5), named("乙公司", 6)]);
        assert_eq!(figures.partners, Some(vec![named("丙公司", 3), named("乙公司", 5), named("乙公司", 6)]));
        let mut unknown = Figures::default();
        take_over(&mut unknown, vec![named("乙公司", 5)]);
        assert_eq!(unknown.partners, Some(vec![named("乙公司", 5)]));
    }
}
