//! Who is left to be drawn, and the exact answer to whether a panel can still be completed from them.

use std::collections::BTreeMap;

use super::{Candidate, Drawn, Place, employer_key};
use crate::reviews::model::ExpertKind;

/// Places still to be filled: at least so many technical and finance experts among `total`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wanted {
    pub technical: u32,
    pub finance: u32,
    pub total: u32,
}

impl Wanted {
    fn of(self, place: Place) -> u32 {
        match place {
            Place::Technical => self.technical,
            Place::Finance => self.finance,
            Place::Open => self.total,
        }
    }

    fn after(self, kind: ExpertKind) -> Self {
        let one = |of: ExpertKind| u32::from(kind == of);
        Self {
            technical: self.technical.saturating_sub(one(ExpertKind::Technical)),
            finance: self.finance.saturating_sub(one(ExpertKind::Finance)),
            total: self.total.saturating_sub(1),
        }
    }
}

/// The experts of one employer who are left, and how many of them may still be taken.
#[derive(Debug, Clone, Default)]
struct Employer {
    room: u32,
    left: BTreeMap<ExpertKind, u32>,
}

pub(super) struct Pool<'a> {
    /// In the order of the draw.
    left: Vec<(&'a Candidate, String)>,
    employers: BTreeMap<String, Employer>,
}

impl<'a> Pool<'a> {
    pub fn new(in_order: Vec<&'a Candidate>, per_employer: u32) -> Self {
        let left: Vec<_> = in_order.into_iter().map(|c| (c, employer_key(&c.employer))).collect();
        let mut employers = BTreeMap::<String, Employer>::new();
        for (candidate, employer) in &left {
            let employer = employers.entry(employer.clone()).or_default();
            employer.room = per_employer;
            *employer.left.entry(candidate.kind).or_default() += 1;
        }
        Self { left, employers }
    }

    /// How many experts of these kinds can be taken at most without breaking the employer limit.
    pub fn supply(&self, kinds: &[ExpertKind]) -> u32 {
        self.employers.values().map(|employer| employer.count(kinds).min(employer.room)).sum()
    }

    /// How many there are, the employer limit left aside.
    pub fn count(&self, kinds: &[ExpertKind]) -> u32 {
        self.employers.values().map(|employer| employer.count(kinds)).sum()
    }

    /// Whether the places can be filled, by all who are left.
    ///
    /// Places and experts are a network: a place leads to the kinds it takes, an expert to their employer, an employer gives at
    /// most its room. By the max-flow min-cut theorem everything can be filled exactly when no set of strata asks for more than
    /// all its experts can supply - four sums, because a set with the open places in it admits every kind.
    pub fn can_give(&self, wanted: Wanted) -> bool {
        use ExpertKind::{Finance, Technical};
        wanted.technical + wanted.finance <= wanted.total
            && wanted.technical <= self.supply(&[Technical])
            && wanted.finance <= self.supply(&[Finance])
            && wanted.technical + wanted.finance <= self.supply(&[Technical, Finance])
            && wanted.total <= self.supply(ExpertKind::ALL)
    }

    /// What of `wanted` can be given, finance first: it is the rarest.
    pub fn at_most(&self, wanted: Wanted) -> Wanted {
        use ExpertKind::{Finance, Technical};
        let finance = wanted.finance.min(self.supply(&[Finance]));
        let beside = self.supply(&[Technical, Finance]) - finance;
        let technical = wanted.technical.min(self.supply(&[Technical])).min(beside);
        Wanted { technical, finance, total: wanted.total.min(self.supply(ExpertKind::ALL)) }
    }

    /// Fills the places; what [`can_give`](Self::can_give) allows is filled completely.
    ///
    /// One walk per stratum is enough: whoever could not be taken cannot be taken later either, for there are then fewer ways to
    /// complete the panel, not more.
    pub fn take(&mut self, mut wanted: Wanted) -> Vec<Drawn> {
        let mut taken = Vec::new();
        for place in [Place::Technical, Place::Finance, Place::Open] {
            let mut at = 0;
            while wanted.of(place) > 0 && at < self.left.len() {
                let (candidate, employer) = self.left[at].clone();
                if place.takes(candidate.kind) && self.try_take(&employer, candidate.kind, wanted.after(candidate.kind))
                {
                    self.left.remove(at);
                    wanted = wanted.after(candidate.kind);
                    taken.push(Drawn { expert_id: candidate.expert_id.clone(), kind: candidate.kind, place });
                } else {
                    at += 1;
                }
            }
        }
        taken
    }

    /// Takes one expert off the employer unless that makes the rest impossible.
    fn try_take(&mut self, employer: &str, kind: ExpertKind, rest: Wanted) -> bool {
        if self.employers[employer].room == 0 {
            return false;
        }
        self.shift(employer, kind, -1);
        let possible = self.can_give(rest);
        if !possible {
            self.shift(employer, kind, 1);
        }
        possible
    }

    fn shift(&mut self, employer: &str, kind: ExpertKind, by: i32) {
        let employer = self.employers.get_mut(employer).expect("every candidate's employer was counted");
        employer.room = employer.room.saturating_add_signed(by);
        let left = employer.left.entry(kind).or_default();
        *left = left.saturating_add_signed(by);
    }
}

impl Employer {
    fn count(&self, kinds: &[ExpertKind]) -> u32 {
        kinds.iter().filter_map(|kind| self.left.get(kind)).sum()
    }
}
