use crate::error::AppError;
use crate::messages::db::mails as db;
use crate::messages::model::mails::{ListMailsParams, MailRetriesView, MailSummary, MailView};
use crate::messages::rules::mails as rules;
use crate::platform::actions::Actions;
use crate::platform::door::Cx;
use crate::platform::mail::{Mail, MailId, MailState, address};
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::trail::{Event, Subject};

/// As many as one transaction takes.
const AT_ONCE: i64 = 1_000;

pub fn list_mails(cx: &mut Cx, params: &ListMailsParams) -> Result<Page<MailSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let rows = db::list_mails(cx.conn, params, &page)?;
    let total = if page.count { Some(db::count_mails(cx.conn, params)?) } else { None };
    Ok(Page::of(rows, page.limit, total, |mail| mail.id.clone(), MailSummary::from))
}

pub fn view_mail(cx: &mut Cx, id: &MailId) -> Result<MailView, AppError> {
    let mail = db::find_mail(cx.conn, id)?;
    let href = format!("/api/v1/mails/{id}/retry");
    let may = rules::may_retry(mail.state, address(&mail.to_address).is_some());
    let actions = Actions::of(cx).add(Action::MailRetry, "POST", href, may).list();
    Ok(MailView { mail: mail.into(), actions })
}

pub fn retry_mail(cx: &mut Cx, id: &MailId) -> Result<MailView, AppError> {
    let mail = db::find_mail(cx.conn, id)?;
    rules::may_retry(mail.state, address(&mail.to_address).is_some())?;
    requeue(cx, &mail)?;
    view_mail(cx, id)
}

pub fn retry_mails(cx: &mut Cx) -> Result<MailRetriesView, AppError> {
    let mut queued = 0;
    for mail in db::list_dead(cx.conn, AT_ONCE)? {
        if rules::may_retry(mail.state, address(&mail.to_address).is_some()).is_ok() {
            requeue(cx, &mail)?;
            queued += 1;
        }
    }
    Ok(MailRetriesView { queued })
}

/// How many dead letters wait for a person.
pub fn count_dead(cx: &mut Cx) -> Result<i64, AppError> {
    let params = ListMailsParams { state: Some(MailState::Dead), ..ListMailsParams::default() };
    Ok(db::count_mails(cx.conn, &params)?)
}

fn requeue(cx: &mut Cx, mail: &Mail) -> Result<(), AppError> {
    db::update_to_queued(cx.conn, &mail.id, cx.now)?;
    cx.record(Event::on(Subject::new("mail", &mail.id)).moved(mail.state, MailState::Queued));
    Ok(())
}
