use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{
    ListNoticesParams, ListObjectionsParams, Notice, NoticeId, NoticeSubject, NoticeSubjectId, Objection, ObjectionId,
    ObjectionOutcome, ObjectionState,
};
use crate::platform::actor::UserId;
use crate::platform::conn::Conn;
use crate::platform::page::PageRequest;
use crate::reviews::db::conflicts::hidden_cases;
use crate::schema::{notice_subjects, notices, objections};

type Backend = <Conn as diesel::Connection>::Backend;

/// Everybody reads a notice from its first day on.
pub fn visible<'a>(today: NaiveDate) -> notices::BoxedQuery<'a, Backend> {
    notices::table.into_boxed().filter(notices::starts_on.le(today))
}

/// Whoever asks.
pub fn find_notice(conn: &mut Conn, id: &NoticeId) -> QueryResult<Option<Notice>> {
    notices::table.find(id).select(Notice::as_select()).first(conn).optional()
}

pub fn find_visible_notice(conn: &mut Conn, today: NaiveDate, id: &NoticeId) -> QueryResult<Notice> {
    visible(today).filter(notices::id.eq(id)).select(Notice::as_select()).first(conn)
}

fn filtered_notices<'a>(today: NaiveDate, params: &'a ListNoticesParams) -> notices::BoxedQuery<'a, Backend> {
    let query = visible(today);
    match &params.kind {
        Some(kind) => query.filter(notices::kind.eq(kind)),
        None => query,
    }
}

/// Newest first.
pub fn list_notices(
    conn: &mut Conn,
    today: NaiveDate,
    params: &ListNoticesParams,
    page: &PageRequest<NoticeId>,
) -> QueryResult<Vec<Notice>> {
    let mut query = filtered_notices(today, params);
    if let Some(after) = &page.after {
        query = query.filter(notices::id.lt(after));
    }
    query.order(notices::id.desc()).limit(page.fetch()).select(Notice::as_select()).load(conn)
}

pub fn count_notices(conn: &mut Conn, today: NaiveDate, params: &ListNoticesParams) -> QueryResult<i64> {
    filtered_notices(today, params).count().get_result(conn)
}

pub fn insert_notice(conn: &mut Conn, notice: &Notice) -> QueryResult<()> {
    diesel::insert_into(notices::table).values(notice).execute(conn).map(drop)
}

pub fn insert_subject(conn: &mut Conn, subject: &NoticeSubject) -> QueryResult<()> {
    diesel::insert_into(notice_subjects::table).values(subject).execute(conn).map(drop)
}

pub fn list_subjects(conn: &mut Conn, notice: &NoticeId) -> QueryResult<Vec<NoticeSubject>> {
    notice_subjects::table
        .filter(notice_subjects::notice_id.eq(notice))
        .order(notice_subjects::position)
        .select(NoticeSubject::as_select())
        .load(conn)
}

pub fn find_subject(conn: &mut Conn, notice: &NoticeId, id: &NoticeSubjectId) -> QueryResult<Option<NoticeSubject>> {
    notice_subjects::table
        .filter(notice_subjects::notice_id.eq(notice))
        .filter(notice_subjects::id.eq(id))
        .select(NoticeSubject::as_select())
        .first(conn)
        .optional()
}

/// Whoever may read objections at all reads every one but those about a case they are in conflict with; who objected is masked
/// by the service.
fn visible_objections(me: Option<&UserId>) -> objections::BoxedQuery<'_, Backend> {
    let query = objections::table.into_boxed();
    match me {
        Some(me) => query.filter(objections::subject_id.ne_all(hidden_cases(me))),
        None => query,
    }
}

pub fn find_objection(conn: &mut Conn, me: Option<&UserId>, id: &ObjectionId) -> QueryResult<Objection> {
    visible_objections(me).filter(objections::id.eq(id)).select(Objection::as_select()).first(conn)
}

fn filtered_objections<'a>(
    me: Option<&'a UserId>,
    params: &'a ListObjectionsParams,
) -> objections::BoxedQuery<'a, Backend> {
    let mut query = visible_objections(me);
    if let Some(state) = &params.state {
        query = query.filter(objections::state.eq(state));
    }
    if let Some(notice) = &params.notice_id {
        query = query.filter(objections::notice_id.eq(notice));
    }
    query
}

/// Newest first, with the titles of their notices.
pub fn list_objections(
    conn: &mut Conn,
    me: Option<&UserId>,
    params: &ListObjectionsParams,
    page: &PageRequest<ObjectionId>,
) -> QueryResult<Vec<(Objection, String)>> {
    let mut query = filtered_objections(me, params).inner_join(notices::table);
    if let Some(after) = &page.after {
        query = query.filter(objections::id.lt(after));
    }
    query.order(objections::id.desc()).limit(page.fetch()).select((Objection::as_select(), notices::title)).load(conn)
}

pub fn count_objections(conn: &mut Conn, me: Option<&UserId>, params: &ListObjectionsParams) -> QueryResult<i64> {
    filtered_objections(me, params).count().get_result(conn)
}

/// Whether a conflict of interest keeps the person from the subject of a notice.
pub fn is_hidden(conn: &mut Conn, me: &UserId, subject: &NoticeSubjectId) -> QueryResult<bool> {
    let hidden = notice_subjects::table.find(subject).filter(notice_subjects::subject_id.eq_any(hidden_cases(me)));
    diesel::select(diesel::dsl::exists(hidden)).get_result(conn)
}

pub fn insert_objection(conn: &mut Conn, objection: &Objection) -> QueryResult<()> {
    diesel::insert_into(objections::table).values(objection).execute(conn).map(drop)
}

pub fn update_objection(conn: &mut Conn, objection: &Objection) -> QueryResult<()> {
    diesel::update(objections::table.find(&objection.id)).set(objection).execute(conn).map(drop)
}

pub fn count_objections_in(conn: &mut Conn, kind: &str, id: &str, states: &[ObjectionState]) -> QueryResult<i64> {
    objections::table
        .filter(objections::subject_kind.eq(kind))
        .filter(objections::subject_id.eq(id))
        .filter(objections::state.eq_any(states))
        .count()
        .get_result(conn)
}

pub fn count_upheld_objections(conn: &mut Conn, kind: &str, id: &str) -> QueryResult<i64> {
    objections::table
        .filter(objections::subject_kind.eq(kind))
        .filter(objections::subject_id.eq(id))
        .filter(objections::outcome.eq(ObjectionOutcome::Upheld))
        .count()
        .get_result(conn)
}

pub fn count_open_objections_on_notice(conn: &mut Conn, notice: &NoticeId) -> QueryResult<i64> {
    objections::table
        .filter(objections::notice_id.eq(notice))
        .filter(objections::state.eq_any(ObjectionState::OPEN))
        .count()
        .get_result(conn)
}
