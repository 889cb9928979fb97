//! The public notice of approved subsidies, and its end.

use serde_json::json;

use super::calculating::scheme_of;
use super::{db, move_by};
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::door::Cx;
use crate::platform::money::yuan_text;
use crate::platform::trail::Changes;
use crate::publicity::model::{NewNoticeOrder, NewNoticeSubject, NoticeKind};
use crate::publicity::service as publicity;
use crate::say;
use crate::subsidies::model::*;
use crate::subsidies::rules::claims::{Step, may};

const MOST: usize = 200;
/// Claims looked at together by the clock.
const PIECE: i64 = 200;

/// Puts approved claims on notice for the working days their scheme asks, the first day not counted.
pub fn announce_subsidies(cx: &mut Cx, body: &AnnounceSubsidiesBody) -> Result<AnnouncementView, AppError> {
    let mut faults = Faults::default();
    let rows = db::claims::list_named(cx.conn, &body.claim_ids)?;
    if body.claim_ids.is_empty() {
        faults.plain("/claim_ids", FieldCode::Required);
    }
    if body.claim_ids.len() > MOST {
        faults.add("/claim_ids", FieldCode::TooLong, say!("最多 {MOST} 件", "takes at most {MOST}"));
    }
    for (i, id) in body.claim_ids.iter().enumerate() {
        if body.claim_ids[..i].contains(id) {
            faults.plain(format!("/claim_ids/{i}"), FieldCode::Duplicate);
        }
        match rows.iter().find(|((claim, _), _)| claim.id == *id) {
            None => faults.plain(format!("/claim_ids/{i}"), FieldCode::NotExisting),
            Some(((claim, _), _)) if rows.first().is_some_and(|((first, _), _)| first.scheme_id != claim.scheme_id) => {
                let said = say!("须为同一方案下的申请", "is of another scheme than the first");
                faults.add(format!("/claim_ids/{i}"), FieldCode::NotAllowed, said);
            }
            Some(_) => {}
        }
    }
    faults.text("/title", &body.title, 2, 200);
    faults.done()?;
    for ((claim, _), _) in &rows {
        may(claim, Step::Announce)?;
    }
    let Some(((first, _), _)) = rows.first() else { return Err(AppError::internal("no claim is a fault")) };
    let days = scheme_of(cx, first)?.service.publicity_working_days;
    let starts_on = body.starts_on.unwrap_or(cx.today());
    let ends_on = publicity::suggest_period(cx, starts_on, u16::try_from(days).unwrap_or(u16::MAX), false)?.ends_on;
    let subjects = rows.iter().map(|((claim, name), credit_code)| NewNoticeSubject {
        kind: "subsidy_claim",
        id: claim.id.0.clone(),
        public: json!({
            "name": name, "credit_code": credit_code, "claim_year": claim.claim_year,
            "amount_fen": claim.granted_fen, "amount_text": yuan_text(claim.granted_fen),
        }),
    });
    let order = NewNoticeOrder {
        kind: NoticeKind::SubsidyList,
        title: body.title.clone(),
        body: body.body.clone(),
        round_id: None,
        starts_on,
        ends_on,
        subjects: subjects.collect(),
    };
    let notice = publicity::publish_notice(cx, order)?;
    let (claims, total_fen) = (rows.len() as i64, rows.iter().map(|((claim, _), _)| claim.granted_fen).sum());
    for ((mut claim, _), _) in rows {
        claim.notice_id = Some(notice.id.clone());
        claim.publicity_ends_on = Some(ends_on);
        let changes = Changes::default().set("notice_id", &notice.id).set("publicity_ends_on", ends_on);
        move_by(cx, &mut claim, Step::Announce, None, changes)?;
    }
    Ok(AnnouncementView { notice_id: notice.id, starts_on, ends_on, claims, total_fen })
}

/// Run by the clock: whose notice has ended without an open objection may be paid. Answers how many.
pub fn release_due(cx: &mut Cx) -> Result<usize, AppError> {
    let today = cx.today();
    let mut released = 0;
    for mut claim in db::claims::list_past_publicity(cx.conn, today, PIECE)? {
        if publicity::open_objections(cx, "subsidy_claim", claim.id.as_str())? == 0 {
            move_by(cx, &mut claim, Step::Release, None, Changes::default())?;
            released += 1;
        }
    }
    Ok(released)
}
