use super::model::{ListMailsParams, MailSummary};
use super::{db, rules};
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::mail::{MailId, MailState};
use crate::platform::page::{Page, PageRequest};
use crate::platform::trail::{Event, Subject};

pub fn list_mails(cx: &mut Cx, params: &ListMailsParams) -> Result<Page<MailSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let rows = db::list_mails(cx.conn, params, &page)?;
    let total = if page.count { Some(db::count_mails(cx.conn, params)?) } else { None };
    Ok(Page::of(rows, page.limit, total, |mail| mail.id.clone(), MailSummary::from))
}

pub fn retry_mail(cx: &mut Cx, id: &MailId) -> Result<MailSummary, AppError> {
    let mail = db::find_mail(cx.conn, id)?;
    rules::may_retry(mail.state)?;
    db::update_to_queued(cx.conn, id, cx.now)?;
    cx.record(Event::on(Subject::new("mail", id)).moved(mail.state, MailState::Queued));
    Ok(db::find_mail(cx.conn, id)?.into())
}
