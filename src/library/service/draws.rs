//! Double-random audit: who is looked at again is drawn, and the draw can be repeated for ever.

use super::rechecks;
use crate::error::{AppError, Code, Faults, FieldCode};
use crate::library::db;
use crate::library::model::{
    CreateRecheckDrawBody, ListRecheckDrawsParams, RecheckCause, RecheckDraw, RecheckDrawId, RecheckDrawView,
};
use crate::library::rules::draw::draw;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::trail::{Changes, Event, Subject};
use crate::platform::types::Doc;
use crate::say;

const MILLION: i64 = 1_000_000;

/// Draws from the active members and opens a re-check of everybody drawn. Members a conflict of interest keeps from the caller are
/// none of the candidates. `seed` was taken from the operating system before the door was entered.
pub fn create_recheck_draw(
    cx: &mut Cx,
    body: &CreateRecheckDrawBody,
    seed: [u8; 32],
) -> Result<RecheckDrawView, AppError> {
    let mut faults = Faults::default();
    match body.share_ppm {
        None => faults.plain("/share_ppm", FieldCode::Required),
        Some(share) => faults.range("/share_ppm", share, 1, MILLION),
    }
    for (i, tier) in body.tiers.iter().enumerate() {
        if body.tiers[..i].contains(tier) {
            faults.plain(format!("/tiers/{i}"), FieldCode::Duplicate);
        }
    }
    faults.done()?;
    let share_ppm = body.share_ppm.unwrap_or(MILLION);
    let candidates = db::list_active(cx.conn, cx.scope, cx.actor.user_id(), &body.tiers)?;
    if candidates.is_empty() {
        let said = say!("没有可抽取的在库企业", "there is no member to draw from");
        return Err(AppError::with(Code::InvalidTransition, said));
    }
    let drawn = draw(&seed, &candidates, share_ppm as usize);
    let row = RecheckDraw {
        id: cx.id(),
        share_ppm,
        seed: hex::encode(seed),
        candidates: Doc::of(&candidates),
        drawn: Doc::of(&drawn),
        drawn_by: cx.actor.label(),
        created_at: cx.now,
    };
    db::rechecks::insert_draw(cx.conn, &row)?;
    let changes = Changes::default()
        .set("share_ppm", share_ppm)
        .set("seed", &row.seed)
        .set("candidates", candidates.len())
        .set("drawn", &drawn);
    cx.record(Event::on(Subject::new("recheck_draw", &row.id)).changes(changes));
    for id in &drawn {
        let member = db::find_membership(cx.conn, id)?;
        rechecks::open(cx, member, RecheckCause::Draw, None, Some(&row.id))?;
    }
    view(row)
}

pub fn get_recheck_draw(cx: &mut Cx, id: &RecheckDrawId) -> Result<RecheckDrawView, AppError> {
    view(db::rechecks::find_draw(cx.conn, id)?)
}

pub fn list_recheck_draws(cx: &mut Cx, params: &ListRecheckDrawsParams) -> Result<Page<RecheckDrawView>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), None)?;
    let rows = db::rechecks::list_recheck_draws(cx.conn, &page)?;
    let views = rows.into_iter().map(view).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::of(views, page.limit, None, |draw| draw.id.clone(), |draw| draw))
}

fn view(row: RecheckDraw) -> Result<RecheckDrawView, AppError> {
    let (candidates, drawn) = (row.candidates.read()?, row.drawn.read()?);
    let seed = hex::decode(&row.seed).map_err(AppError::internal)?;
    Ok(RecheckDrawView {
        replayed: draw(&seed, &candidates, row.share_ppm as usize) == drawn,
        id: row.id,
        share_ppm: row.share_ppm,
        seed: row.seed,
        candidates,
        drawn,
        created_at: row.created_at,
    })
}
