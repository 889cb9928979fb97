//! Who stands where. Pure: from results to an order, from the computed order and the moves by hand to the order that counts.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::applications::model::ApplicationId;
use crate::error::{Code, Refusal};
use crate::platform::text::Say;
use crate::rounds::model::RoundState;
use crate::say;

/// The result of one application, as far as an order looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: ApplicationId,
    /// Hundredths.
    pub total: i64,
    pub passed: bool,
    /// Hundredths by dimension.
    pub marks: BTreeMap<String, i64>,
}

/// An entry at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    pub id: ApplicationId,
    /// The same for all that neither the totals nor the tie rule tell apart; the next rank leaves out as many.
    pub rank: usize,
    /// 1, 2, 3.. by results alone.
    pub computed: usize,
    /// 1, 2, 3.. with the moves by hand.
    pub position: usize,
    /// Passed, and within the quota.
    pub above_line: bool,
    /// Shares its rank with one on the other side of the line, and nobody has moved either of the two.
    pub tied_at_line: bool,
}

/// By results: those who passed first, then by total, then by the tie rule, dimension by dimension. What is still equal stands in
/// the order of the ids and shares a rank.
fn computed(entries: &[Entry], tie_rule: &[String]) -> Vec<(ApplicationId, usize)> {
    let key = |entry: &Entry| {
        let marks: Vec<_> = tie_rule.iter().map(|d| Reverse(entry.marks.get(d).copied().unwrap_or(0))).collect();
        (Reverse(entry.passed), Reverse(entry.total), marks)
    };
    let mut order: Vec<_> = entries.iter().map(|entry| (key(entry), &entry.id)).collect();
    order.sort();
    let mut ranked: Vec<(ApplicationId, usize)> = Vec::with_capacity(order.len());
    for (n, (key, id)) in order.iter().enumerate() {
        let rank = match n.checked_sub(1) {
            Some(before) if order[before].0 == *key => ranked[before].1,
            _ => n + 1,
        };
        ranked.push(((*id).clone(), rank));
    }
    ranked
}

/// One move by hand: this application to that position, 1 = first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    pub id: ApplicationId,
    pub to: usize,
}

/// The moves one after the other, each on the order the ones before it left. A move of something that is no longer there does
/// nothing.
fn moved(order: Vec<(ApplicationId, usize)>, shifts: &[Shift]) -> Vec<(ApplicationId, usize)> {
    let mut order = order;
    for shift in shifts {
        if let Some(at) = order.iter().position(|(id, _)| *id == shift.id) {
            let taken = order.remove(at);
            let to = shift.to.clamp(1, order.len() + 1) - 1;
            order.insert(to, taken);
        }
    }
    order
}

/// The ranking. Without a quota everybody who passed is above the line.
pub fn ranking(entries: &[Entry], tie_rule: &[String], shifts: &[Shift], quota: Option<usize>) -> Vec<Ranked> {
    let passed: BTreeMap<&ApplicationId, bool> = entries.iter().map(|entry| (&entry.id, entry.passed)).collect();
    let by_results = computed(entries, tie_rule);
    let places: BTreeMap<ApplicationId, usize> = by_results.iter().map(|(id, _)| id.clone()).zip(1..).collect();
    let mut left = quota.unwrap_or(usize::MAX);
    let mut ranked: Vec<Ranked> = moved(by_results, shifts)
        .into_iter()
        .zip(1..)
        .map(|((id, rank), position)| {
            let above_line = passed[&id] && left > 0;
            left -= usize::from(above_line);
            Ranked { computed: places[&id], rank, position, above_line, tied_at_line: false, id }
        })
        .collect();
    let shifted = |id: &ApplicationId| shifts.iter().any(|shift| shift.id == *id);
    for n in 1..ranked.len() {
        let (before, after) = (&ranked[n - 1], &ranked[n]);
        let at_line = before.above_line && !after.above_line && passed[&after.id];
        if at_line && before.rank == after.rank && !shifted(&before.id) && !shifted(&after.id) {
            let rank = before.rank;
            ranked.iter_mut().filter(|r| r.rank == rank).for_each(|r| r.tied_at_line = true);
        }
    }
    ranked
}

/// The meeting moves, records and releases while the round deliberates. Whoever has a stake in one of the competitors leaves all
/// of it to others: the place of one is the place of the next.
pub fn may_deliberate(state: RoundState, stake: bool) -> Result<(), Refusal> {
    if stake {
        return Err(Refusal::plain(Code::ConflictOfInterest));
    }
    if state == RoundState::Deliberation {
        return Ok(());
    }
    let Say { zh, en } = state.label();
    let said = say!("批次当前为“{zh}”，不在联席审议", "the round is {en}, not in deliberation");
    Err(Refusal::new(Code::InvalidTransition, said))
}

/// Released is what has minutes and no tie left at the line.
pub fn may_release(
    state: RoundState,
    stake: bool,
    minutes: bool,
    unscored: i64,
    ranked: &[Ranked],
) -> Result<(), Refusal> {
    may_deliberate(state, stake)?;
    if !minutes {
        return Err(Refusal::new(Code::MinutesRequired, say!("请先录入会议纪要", "record the minutes first")));
    }
    if unscored > 0 {
        let said = say!("尚有 {unscored} 件申报没有评审结果", "{unscored} applications have no result yet");
        return Err(Refusal::new(Code::ScoresMissing, said));
    }
    if ranked.iter().any(|r| r.tied_at_line) {
        let said = say!(
            "名额线上有并列，须人工排序并说明理由",
            "a tie lies on the line: somebody must move one, with a reason"
        );
        return Err(Refusal::new(Code::TieAtLine, said));
    }
    if ranked.is_empty() {
        return Err(Refusal::plain(Code::NothingProposed));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entry(id: &str, total: i64, passed: bool, technology: i64) -> Entry {
        let marks = [("technology".to_owned(), technology), ("team".to_owned(), 500)].into();
        Entry { id: ApplicationId(id.into()), total, passed, marks }
    }

    fn tie_rule() -> Vec<String> {
        vec!["technology".into(), "team".into()]
    }

    fn shift(id: &str, to: usize) -> Shift {
        Shift { id: ApplicationId(id.into()), to }
    }

    fn shown(ranked: &[Ranked]) -> Vec<(&str, usize, usize, bool, bool)> {
        ranked.iter().map(|r| (r.id.as_str(), r.rank, r.position, r.above_line, r.tied_at_line)).collect()
    }

    #[test]
    fn who_passed_comes_first_then_the_total_then_the_tie_rule() {
        let entries = [
            entry("a", 9_500, false, 3_000),
            entry("b", 8_000, true, 2_000),
            entry("c", 8_000, true, 2_500),
            entry("d", 8_100, true, 1_000),
            entry("e", 8_000, true, 2_000),
        ];
        assert_eq!(
            shown(&ranking(&entries, &tie_rule(), &[], Some(3))),
            [
                ("d", 1, 1, true, false),
                ("c", 2, 2, true, false),
                ("b", 3, 3, true, true),
                ("e", 3, 4, false, true),
                ("a", 5, 5, false, false),
            ]
        );
        let open = ranking(&entries, &tie_rule(), &[], None);
        assert_eq!(open.iter().filter(|r| r.above_line).count(), 4, "who did not pass is above no line");
        assert!(open.iter().all(|r| !r.tied_at_line));
    }

    #[test]
    fn a_move_by_hand_settles_a_tie_and_shifts_the_rest() {
        let entries = [
            entry("a", 9_000, true, 0),
            entry("b", 8_000, true, 0),
            entry("c", 8_000, true, 0),
            entry("d", 7_000, true, 0),
        ];
        let after = ranking(&entries, &tie_rule(), &[shift("c", 2)], Some(2));
        assert_eq!(
            after
                .iter()
                .map(|r| (r.id.as_str(), r.computed, r.position, r.above_line, r.tied_at_line))
                .collect::<Vec<_>>(),
            [("a", 1, 1, true, false), ("c", 3, 2, true, false), ("b", 2, 3, false, false), ("d", 4, 4, false, false)]
        );
        let twice = ranking(&entries, &tie_rule(), &[shift("d", 1), shift("d", 99), shift("gone", 1)], Some(2));
        assert_eq!(twice.last().unwrap().id.as_str(), "d");
    }

    #[test]
    fn a_release_wants_minutes_results_and_no_tie_at_the_line() {
        let tied = ranking(&[entry("a", 1, true, 0), entry("b", 1, true, 0)], &tie_rule(), &[], Some(1));
        let clear = ranking(&[entry("a", 2, true, 0), entry("b", 1, true, 0)], &tie_rule(), &[], Some(1));
        let code = |state, minutes, unscored, ranked: &[Ranked]| {
            may_release(state, false, minutes, unscored, ranked).err().map(|r| r.code)
        };
        let now = RoundState::Deliberation;
        assert_eq!(code(now, true, 0, &clear), None);
        let tied_to_one = may_release(now, true, true, 0, &clear).unwrap_err();
        assert_eq!(tied_to_one.code, Code::ConflictOfInterest);
        assert_eq!(code(RoundState::ExpertReview, true, 0, &clear), Some(Code::InvalidTransition));
        assert_eq!(code(now, false, 0, &clear), Some(Code::MinutesRequired));
        assert_eq!(code(now, true, 1, &clear), Some(Code::ScoresMissing));
        assert_eq!(code(now, true, 0, &tied), Some(Code::TieAtLine));
        assert_eq!(code(now, true, 0, &[]), Some(Code::NothingProposed));
    }

    proptest! {
        #[test]
        fn a_ranking_keeps_everybody_once_and_its_line(
            given in proptest::collection::vec((0..5_i64, any::<bool>(), 0..3_i64), 0..12),
            shifts in proptest::collection::vec((0..14_usize, 0..15_usize), 0..6),
            quota in proptest::option::of(0..8_usize),
        ) {
            let entries: Vec<Entry> =
                given.iter().enumerate().map(|(n, (total, passed, marks))| entry(&format!("{n:02}"), *total, *passed, *marks)).collect();
            let shifts: Vec<Shift> = shifts.into_iter().map(|(n, to)| shift(&format!("{n:02}"), to)).collect();
            let ranked = ranking(&entries, &tie_rule(), &shifts, quota);
            let mut ids: Vec<_> = ranked.iter().map(|r| r.id.clone()).collect();
            ids.sort();
            prop_assert_eq!(ids, entries.iter().map(|e| e.id.clone()).collect::<Vec<_>>());
            prop_assert!(ranked.iter().zip(1..).all(|(r, n)| r.position == n));
            let passed = entries.iter().filter(|e| e.passed).count();
            prop_assert_eq!(ranked.iter().filter(|r| r.above_line).count(), quota.unwrap_or(usize::MAX).min(passed));
            // The order of the input does not matter.
            let turned: Vec<Entry> = entries.iter().rev().cloned().collect();
            prop_assert_eq!(super::ranking(&turned, &tie_rule(), &shifts, quota), ranked);
        }
    }
}
