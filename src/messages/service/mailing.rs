//! From messages to mail: at once, or collected into a digest.

use serde_json::{Value, json};
use std::collections::BTreeMap;

use crate::app::App;
use crate::error::AppError;
use crate::messages::db::{audiences, inbox};
use crate::messages::model::inbox::{Content, MailStep, Message, MessageId, Recipient};
use crate::platform::actor::UserId;
use crate::platform::door::Cx;
use crate::platform::mail::{MailOrder, queue_or_bury};
use crate::platform::text::{Lang, in_own_words};

/// As many as one transaction takes.
const AT_ONCE: i64 = 200;
/// Lines of one digest.
const LINES: usize = 50;

/// Puts what is to be mailed at once into the outbox; answers with how many mails that were.
pub async fn post(app: &App) -> Result<usize, AppError> {
    let mut posted = 0;
    loop {
        // One read a poll; the writer's turn is taken only when there is something.
        if !app.door.peek("messages.post", |cx| Ok(inbox::has_to_mail(cx.conn, MailStep::Now)?)).await? {
            return Ok(posted);
        }
        posted += app.door.system("messages.post", post_some).await?;
    }
}

fn post_some(cx: &mut Cx) -> Result<usize, AppError> {
    let messages = inbox::list_to_mail(cx.conn, MailStep::Now, AT_ONCE)?;
    let people = people(cx, &messages)?;
    for message in &messages {
        // Suspended since: nobody to write to.
        let Some(person) = people.get(&message.user_id) else { continue };
        let mut values = values(cx, message, person.lang)?;
        values["name"] = person.name.as_str().into();
        let template = message.notice.as_str();
        queue_or_bury(cx, &MailOrder { to: &person.email, template, lang: person.lang, values })?;
    }
    let done: Vec<&MessageId> = messages.iter().map(|message| &message.id).collect();
    inbox::update_to_done(cx.conn, &done)?;
    Ok(messages.len())
}

/// One mail to everybody for whom messages wait; answers with how many people that were, as many as one transaction takes. On days
/// off nothing is mailed, and what waits goes out on the next working day.
pub fn send_digests(cx: &mut Cx) -> Result<usize, AppError> {
    let today = cx.today();
    if !crate::calendars::service::load(cx)?.is_working_day(today) {
        return Ok(0);
    }
    let waiting = inbox::list_to_mail(cx.conn, MailStep::Digest, AT_ONCE)?;
    let people = people(cx, &waiting)?;
    let mut users: Vec<UserId> = waiting.into_iter().map(|message| message.user_id).collect();
    users.sort_unstable();
    users.dedup();
    for user in &users {
        let messages = inbox::list_digest(cx.conn, user)?;
        if let Some(person) = people.get(user).filter(|_| !messages.is_empty()) {
            send_digest(cx, person, &messages)?;
        }
        inbox::update_digest_to_done(cx.conn, user)?;
    }
    Ok(users.len())
}

fn send_digest(cx: &mut Cx, person: &Recipient, messages: &[Message]) -> Result<(), AppError> {
    let mut lines = Vec::new();
    for message in messages.iter().take(LINES) {
        let title = title(cx, message, person.lang)?;
        lines.push(json!({ "title": title, "due_on": message.due_on }));
    }
    let values = json!({
        "name": person.name,
        "link": format!("{}/messages", cx.templates.site()),
        "count": messages.len(),
        "lines": lines,
        "more": messages.len().saturating_sub(LINES),
    });
    queue_or_bury(cx, &MailOrder { to: &person.email, template: "digest", lang: person.lang, values })?;
    Ok(())
}

/// What the letter of a message speaks about, but for the reader's name.
pub(super) fn values(cx: &Cx, message: &Message, lang: Lang) -> Result<Value, AppError> {
    let content: Content = message.content.read()?;
    Ok(json!({
        "enterprise": content.enterprise,
        "title": content.title.in_lang(lang),
        "reason": in_own_words(&content.reason, lang),
        "state": content.state,
        "days": content.days,
        "due_on": message.due_on,
        "link": format!("{}{}", cx.templates.site(), content.path),
    }))
}

pub(super) fn title(cx: &Cx, message: &Message, lang: Lang) -> Result<String, AppError> {
    let mut values = values(cx, message, lang)?;
    values["name"] = "".into();
    Ok(cx.templates.render(message.notice.as_str(), lang, &values)?.subject)
}

fn people(cx: &mut Cx, messages: &[Message]) -> Result<BTreeMap<UserId, Recipient>, AppError> {
    let mut ids: Vec<UserId> = messages.iter().map(|message| message.user_id.clone()).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(audiences::list_people(cx.conn, &ids)?.into_iter().map(|person| (person.id.clone(), person)).collect())
}
