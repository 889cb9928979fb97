use chrono::NaiveDate;

use crate::calendars;
use crate::error::AppError;
use crate::platform::calendar::{FirstDay, PeriodEnd, business_day};
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::trail::{Changes, Event, Subject};
use crate::platform::types::Doc;
use crate::publicity::model::{
    ListNoticesParams, NewNoticeOrder, Notice, NoticeId, NoticeSubject, NoticeSummary, NoticeView, PublicSubjectView,
};
use crate::publicity::{db, rules};

/// Publishes a notice in the caller's transaction. Its dates are stored as given: an officer may let it run longer than
/// [`suggest_period`] says.
///
/// # Errors
/// `invalid_fields`: starts before today, ends before it starts, names no subject, or has no title.
pub fn publish_notice(cx: &mut Cx, order: NewNoticeOrder) -> Result<Notice, AppError> {
    rules::notice_faults(&order, business_day(cx.now.utc()))?;
    let notice = Notice {
        id: cx.id(),
        kind: order.kind,
        title: order.title.trim().to_owned(),
        body: order.body.trim().to_owned(),
        round_id: order.round_id,
        starts_on: order.starts_on,
        ends_on: order.ends_on,
        published_at: cx.now,
        published_by: cx.actor.label(),
        version: 1,
    };
    db::insert_notice(cx.conn, &notice)?;
    for (position, subject) in (1..).zip(&order.subjects) {
        let row = NoticeSubject {
            id: cx.id(),
            notice_id: notice.id.clone(),
            position,
            subject_kind: subject.kind.to_owned(),
            subject_id: subject.id.clone(),
            public: Doc::of(&subject.public),
        };
        db::insert_subject(cx.conn, &row)?;
    }
    let changes = Changes::default()
        .set("title", &notice.title)
        .set("starts_on", notice.starts_on)
        .set("ends_on", notice.ends_on)
        .set("subjects", order.subjects.iter().map(|subject| &subject.id).collect::<Vec<_>>());
    cx.record(Event::on(Subject::new("notice", &notice.id)).to("published").changes(changes));
    Ok(notice)
}

/// The last day of a notice that starts on `starts_on`, by the calendars at hand.
pub fn suggest_period(
    cx: &mut Cx,
    starts_on: NaiveDate,
    working_days: u16,
    first_day_counts: bool,
) -> Result<PeriodEnd, AppError> {
    let first_day = if first_day_counts { FirstDay::Counted } else { FirstDay::NotCounted };
    Ok(calendars::service::load(cx)?.end_of_period(starts_on, working_days, first_day))
}

pub fn get_notice(cx: &mut Cx, id: &NoticeId) -> Result<NoticeView, AppError> {
    let notice = db::find_visible_notice(cx.conn, business_day(cx.now.utc()), id)?;
    let subjects = db::list_subjects(cx.conn, id)?.into_iter().map(|subject| {
        let fields = subject.public.read()?;
        Ok(PublicSubjectView { id: subject.id, fields })
    });
    Ok(NoticeView {
        subjects: subjects.collect::<Result<_, AppError>>()?,
        running: rules::is_running(&notice, cx.now),
        id: notice.id,
        kind: notice.kind,
        title: notice.title,
        body: notice.body,
        starts_on: notice.starts_on,
        ends_on: notice.ends_on,
        published_at: notice.published_at,
    })
}

pub fn list_notices(cx: &mut Cx, params: &ListNoticesParams) -> Result<Page<NoticeSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let today = business_day(cx.now.utc());
    let rows = db::list_notices(cx.conn, today, params, &page)?;
    let total = if page.count { Some(db::count_notices(cx.conn, today, params)?) } else { None };
    Ok(Page::of(
        rows,
        page.limit,
        total,
        |notice| notice.id.clone(),
        |notice| NoticeSummary {
            running: rules::is_running(&notice, cx.now),
            id: notice.id,
            kind: notice.kind,
            title: notice.title,
            starts_on: notice.starts_on,
            ends_on: notice.ends_on,
            published_at: notice.published_at,
        },
    ))
}
