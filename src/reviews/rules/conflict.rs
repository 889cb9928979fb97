//! What ties an expert to an applicant, computed from what is on record.

use chrono::{Months, NaiveDate};

use super::draw::employer_key;
use crate::reviews::model::{ConflictGround, PastService};

/// Years after which past service no longer counts.
const PAST_SERVICE_YEARS: u32 = 3;

/// What is known of the expert.
#[derive(Debug, Clone, Default)]
pub struct Ties<'a> {
    pub employer: &'a str,
    pub employer_code: Option<&'a str>,
    pub past_service: &'a [PastService],
    /// A member of the applicant.
    pub member: bool,
}

/// What is known of the applicant.
#[derive(Debug, Clone, Default)]
pub struct Applicant<'a> {
    pub name: &'a str,
    pub credit_code: &'a str,
    /// Names on record with the applicant, and what they are to it.
    pub related: &'a [(Relation, String)],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    Investor,
    Partner,
}

/// The strongest tie, or none. Names are compared without blanks, width and case.
pub fn tie(expert: &Ties, applicant: &Applicant, today: NaiveDate) -> Option<ConflictGround> {
    let same = |name: &str| employer_key(name) == employer_key(applicant.name);
    let related = |to: Relation| {
        applicant.related.iter().any(|(r, name)| *r == to && employer_key(name) == employer_key(expert.employer))
    };
    let counts = |past: &PastService| past.until.is_none_or(|until| recent(until, today));
    if expert.member {
        Some(ConflictGround::Member)
    } else if same(expert.employer) || expert.employer_code == Some(applicant.credit_code) {
        Some(ConflictGround::SameEmployer)
    } else if expert.past_service.iter().any(|past| counts(past) && same(&past.organisation)) {
        Some(ConflictGround::PastEmployer)
    } else if related(Relation::Investor) {
        Some(ConflictGround::Investor)
    } else if related(Relation::Partner) {
        Some(ConflictGround::Partner)
    } else {
        None
    }
}

fn recent(until: NaiveDate, today: NaiveDate) -> bool {
    until.checked_add_months(Months::new(12 * PAST_SERVICE_YEARS)).is_none_or(|end| end >= today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tie_is_found_and_a_stranger_has_none() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let past = |until: Option<&str>| [PastService { organisation: "海信 集团".into(), until: until.map(day) }];
        let related =
            [(Relation::Investor, "崂山创投".to_owned()), (Relation::Partner, "Ocean Ｕniversity".to_owned())];
        let applicant = Applicant { name: "海信集团", credit_code: "91370200163580512X", related: &related };
        let of = |employer, employer_code, past_service: &[PastService], member| {
            tie(&Ties { employer, employer_code, past_service, member }, &applicant, day("2026-03-02"))
        };
        let cases = [
            (of("青岛大学", None, &[], false), None),
            (of("青岛大学", None, &[], true), Some(ConflictGround::Member)),
            (of("海信　集团", None, &[], false), Some(ConflictGround::SameEmployer)),
            (of("又名", Some("91370200163580512X"), &[], false), Some(ConflictGround::SameEmployer)),
            (of("青岛大学", None, &past(None), false), Some(ConflictGround::PastEmployer)),
            (of("青岛大学", None, &past(Some("2023-03-02")), false), Some(ConflictGround::PastEmployer)),
            (of("青岛大学", None, &past(Some("2023-03-01")), false), None),
            (of("崂山创投", None, &[], false), Some(ConflictGround::Investor)),
            (of("ocean university", None, &[], false), Some(ConflictGround::Partner)),
        ];
        for (n, (found, expected)) in cases.into_iter().enumerate() {
            assert_eq!(found, expected, "case {n}");
        }
    }
}
