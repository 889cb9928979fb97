//! The two moves of a round that take its applications along.

use crate::applications;
use crate::error::{AppError, Faults, FieldCode};
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event, Subject};
use crate::publicity::model::{NewNoticeOrder, NoticeKind};
use crate::publicity::service::{publish_notice, suggest_period};
use crate::rounds::db;
use crate::rounds::model::{PublicityBody, Round, RoundId, RoundView};
use crate::rounds::rules::{self, Step};
use crate::say;

/// Everything proposed is shown to the public, from `starts_on` for the round's working days unless `ends_on` says otherwise.
pub fn start_publicity(cx: &mut Cx, id: &RoundId, body: &PublicityBody) -> Result<RoundView, AppError> {
    let mut round = db::find_visible_round(cx.conn, cx.scope, id)?;
    let facts = super::facts(cx, &round)?;
    rules::may_take(&round, Step::Publicise, &facts)?;
    let Some(starts_on) = body.starts_on else {
        let said = say!("请给出公示开始日期", "say on which day the publicity starts");
        return Err(AppError::field("/starts_on", FieldCode::Required, said));
    };
    let mut faults = Faults::default();
    if let Some(title) = &body.title {
        faults.text("/title", title, 2, 200);
    }
    faults.done()?;
    let ends_on = match body.ends_on {
        Some(ends_on) => ends_on,
        None => {
            let days = u16::try_from(round.publicity_days).map_err(AppError::internal)?;
            suggest_period(cx, starts_on, days, round.first_day_counts)?.ends_on
        }
    };
    let subjects = applications::service::rounds::publicise(cx, &round)?;
    let size = subjects.len();
    let notice = publish_notice(
        cx,
        NewNoticeOrder {
            kind: NoticeKind::RecognitionList,
            title: body.title.clone().unwrap_or_else(|| format!("{}拟认定企业名单公示", round.name)),
            body: body.body.clone().unwrap_or_default(),
            round_id: Some(round.id.to_string()),
            starts_on,
            ends_on,
            subjects,
        },
    )?;
    round.publicity_starts_on = Some(starts_on);
    round.publicity_ends_on = Some(ends_on);
    round.notice_id = Some(notice.id.to_string());
    let changes = Changes::default()
        .set("publicity_starts_on", starts_on)
        .set("publicity_ends_on", ends_on)
        .set("notice_id", &notice.id)
        .set("applications", size);
    finish(cx, round, Step::Publicise, changes)
}

/// Everybody whose publicity passed is recognised: membership and certificate in this transaction.
pub fn conclude_round(cx: &mut Cx, id: &RoundId, certificate_prefix: &str) -> Result<RoundView, AppError> {
    let round = db::find_visible_round(cx.conn, cx.scope, id)?;
    let facts = super::facts(cx, &round)?;
    rules::may_take(&round, Step::Conclude, &facts)?;
    let recognised = applications::service::rounds::recognise_all(cx, &round, certificate_prefix)?;
    finish(cx, round, Step::Conclude, Changes::default().set("recognised", recognised))
}

fn finish(cx: &mut Cx, round: Round, step: Step, changes: Changes) -> Result<RoundView, AppError> {
    let facts = super::facts(cx, &round)?;
    let event = Event::on(Subject::new("round", &round.id)).changes(changes);
    let round = super::move_round(cx, round, step, &facts, event)?;
    super::view(cx, round)
}
