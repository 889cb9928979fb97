//! Who in the library could apply in a round, and asking them to.

use std::collections::BTreeSet;

use crate::enterprises::model::EnterpriseId;
use crate::enterprises::service::figures::figures_of;
use crate::error::{AppError, Faults, FieldCode};
use crate::library::db;
use crate::library::model::{
    CreateInvitationsBody, Invitation, InvitationView, InvitationsView, ListInvitationsParams, ListProspectsParams,
    Membership, MembershipId, ProspectView,
};
use crate::library::rules::asking::may_invite;
use crate::library::rules::path::{above, distance};
use crate::platform::calendar::business_day;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::trail::{Changes, Event, Subject};
use crate::programme::model::{Lane, Tier};
use crate::programme::service as programme;
use crate::programme::{EvalContext, Mode, evaluate};
use crate::rounds::db as rounds;
use crate::rounds::model::{Round, RoundId};
use crate::say;

/// Members looked at with one set of statements.
const AT_ONCE: i64 = 200;

/// Who fulfils the rules of the round on the figures of today, has not applied in it, and may. Judged by the round's own rule set.
pub fn list_prospects(cx: &mut Cx, id: &RoundId, params: &ListProspectsParams) -> Result<Page<ProspectView>, AppError> {
    let round = rounds::find_visible_round(cx.conn, cx.scope, id)?;
    let page: PageRequest<MembershipId> = PageRequest::read(params.limit, params.cursor.as_deref(), None)?;
    let mut walk = Walk { after: page.after.clone(), ended: false };
    let mut found = Vec::new();
    while !walk.ended && (found.len() as i64) < page.fetch() {
        found.extend(walk.next(cx, &round)?);
    }
    Ok(Page::of(found, page.limit, None, |row| row.membership_id.clone(), |row| row))
}

/// A walk through the library, batch by batch.
struct Walk {
    after: Option<MembershipId>,
    ended: bool,
}

impl Walk {
    /// The eligible of the next batch.
    fn next(&mut self, cx: &mut Cx, round: &Round) -> Result<Vec<ProspectView>, AppError> {
        let tiers = round.tiers.read()?;
        let lanes: BTreeSet<Lane> = tiers.iter().map(|tier| tier.lane()).collect();
        let lanes: Vec<Lane> = lanes.into_iter().collect();
        let user = cx.actor.user_id();
        let batch = db::promotion::list_free(cx.conn, cx.scope, user, &lanes, self.after.as_ref(), AT_ONCE)?;
        self.ended = (batch.len() as i64) < AT_ONCE;
        self.after = batch.last().map(|(member, _)| member.id.clone());
        judged(cx, round, &tiers, batch)
    }
}

fn judged(
    cx: &mut Cx,
    round: &Round,
    tiers: &[Tier],
    batch: Vec<(Membership, String)>,
) -> Result<Vec<ProspectView>, AppError> {
    let firms: Vec<EnterpriseId> = batch.iter().map(|(member, _)| member.enterprise_id.clone()).collect();
    let members: Vec<MembershipId> = batch.iter().map(|(member, _)| member.id.clone()).collect();
    let today = cx.today();
    let barred: BTreeSet<EnterpriseId> = db::promotion::list_barred(cx.conn, &firms, today)?.into_iter().collect();
    let applied: BTreeSet<(EnterpriseId, Lane)> =
        db::promotion::list_applied(cx.conn, &round.id, &firms)?.into_iter().collect();
    let invited: BTreeSet<MembershipId> =
        db::promotion::list_invited(cx.conn, &round.id, &members)?.into_iter().collect();
    let rules = programme::rule_set(cx, &round.rule_set_id)?;
    let figures = figures_of(cx, &firms, round.year)?;
    // As an application would be judged: ages on the closing day, years from the round's.
    let context = EvalContext { base_year: round.year, as_of: business_day(round.closes_at.utc()), mode: Mode::First };
    let mut prospects = Vec::new();
    for (member, enterprise_name) in batch {
        let key = (member.enterprise_id.clone(), member.lane);
        if barred.contains(&member.enterprise_id) || applied.contains(&key) {
            continue;
        }
        let Some(figures) = figures.get(&member.enterprise_id) else { continue };
        let open = above(member.lane, member.tier).into_iter().filter(|tier| tiers.contains(tier));
        let fulfilled = open
            .filter_map(|tier| evaluate(&rules, tier, figures, context))
            .find(|evaluation| distance(evaluation).unmet == 0);
        if let Some(evaluation) = fulfilled {
            prospects.push(ProspectView {
                invited: invited.contains(&member.id),
                membership_id: member.id,
                enterprise_id: member.enterprise_id,
                enterprise_name,
                state: member.state,
                lane: member.lane,
                held: member.tier,
                tier: evaluation.tier,
                outcome: evaluation.outcome,
            });
        }
    }
    Ok(prospects)
}

/// Invites everybody who is eligible and not invited yet, or those of them that are named; each is told by mail.
///
/// # Errors
/// `not_allowed` at `/membership_ids/n` for whoever is not eligible.
pub fn create_invitations(
    cx: &mut Cx,
    id: &RoundId,
    body: &CreateInvitationsBody,
) -> Result<InvitationsView, AppError> {
    let round = rounds::find_visible_round(cx.conn, cx.scope, id)?;
    may_invite(&round, cx.arrived_at)?;
    let mut walk = Walk { after: None, ended: false };
    let mut eligible = Vec::new();
    while !walk.ended {
        eligible.extend(walk.next(cx, &round)?);
    }
    if let Some(named) = &body.membership_ids {
        check_named(named, &eligible)?;
        eligible.retain(|prospect| named.contains(&prospect.membership_id));
    }
    eligible.retain(|prospect| !prospect.invited);
    let items =
        eligible.into_iter().map(|prospect| invite(cx, &round, prospect)).collect::<Result<Vec<_>, AppError>>()?;
    let ids: Vec<&MembershipId> = items.iter().map(|item| &item.membership_id).collect();
    let changes = Changes::default().set("invited", items.len()).set("memberships", ids);
    cx.record(Event::on(Subject::new("round", id)).changes(changes));
    Ok(InvitationsView { invited: items.len() as i64, items })
}

fn check_named(named: &[MembershipId], eligible: &[ProspectView]) -> Result<(), AppError> {
    let mut faults = Faults::default();
    for (i, id) in named.iter().enumerate() {
        if named[..i].contains(id) {
            faults.plain(format!("/membership_ids/{i}"), FieldCode::Duplicate);
        } else if !eligible.iter().any(|prospect| prospect.membership_id == *id) {
            let said = say!("不符合本批次条件", "does not fulfil the rules of this round");
            faults.add(format!("/membership_ids/{i}"), FieldCode::NotAllowed, said);
        }
    }
    faults.done()
}

fn invite(cx: &mut Cx, round: &Round, prospect: ProspectView) -> Result<InvitationView, AppError> {
    let row = Invitation {
        id: cx.id(),
        round_id: round.id.clone(),
        membership_id: prospect.membership_id,
        enterprise_id: prospect.enterprise_id,
        tier: prospect.tier,
        invited_by: cx.actor.label(),
        created_at: cx.now,
    };
    db::promotion::insert_invitation(cx.conn, &row)?;
    // The event that its enterprise is told of.
    cx.record(Event::on(Subject::new("round_invitation", &row.id)));
    Ok(view(row, prospect.enterprise_name))
}

/// Invitations, newest first.
pub fn list_invitations(cx: &mut Cx, params: &ListInvitationsParams) -> Result<Page<InvitationView>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), None)?;
    let rows = db::promotion::list_invitations(cx.conn, cx.scope, cx.actor.user_id(), params, &page)?;
    Ok(Page::of(rows, page.limit, None, |(row, _)| row.id.clone(), |(row, name)| view(row, name)))
}

fn view(row: Invitation, enterprise_name: String) -> InvitationView {
    InvitationView {
        id: row.id,
        round_id: row.round_id,
        membership_id: row.membership_id,
        enterprise_id: row.enterprise_id,
        enterprise_name,
        tier: row.tier,
        created_at: row.created_at,
    }
}
