//! Mail: written into the outbox in the transaction it belongs to, and sent later by whoever delivers what is due.

mod deliver;
mod send;
mod templates;

use diesel::prelude::*;
use lettre::Address;

pub use deliver::{deliver_due, deliver_until};
pub use send::{Mailer, SentMail};
pub use templates::{Fault, Filled, LETTERS, Letter, Problem, Templates, gaps};

use super::door::Cx;
use super::text::Lang;
use super::types::Stamp;
use crate::error::{AppError, FieldCode};
use crate::schema::mails;
use crate::{id_type, say, text_enum};

id_type!(MailId);

text_enum! {
    pub enum MailState {
        Queued = "queued",
        Sent = "sent",
        /// Refused for good, or tried too often: a dead letter.
        Dead = "dead",
    }
}

/// One mail to one person. `template` names a letter of `config/mail/<lang>/`, `values` are what it speaks about.
#[derive(Debug, Clone)]
pub struct MailOrder<'a> {
    pub to: &'a str,
    pub template: &'a str,
    pub lang: Lang,
    pub values: serde_json::Value,
}

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = mails)]
pub struct Mail {
    pub id: MailId,
    pub to_address: String,
    pub template: String,
    pub lang: Lang,
    pub subject: String,
    /// Text and HTML are emptied once sent: a mail may carry a code, and what was delivered is no longer ours to keep.
    pub body: String,
    pub state: MailState,
    pub attempts: i32,
    pub next_attempt_at: Stamp,
    pub leased_until: Option<Stamp>,
    pub last_error: Option<String>,
    pub created_at: Stamp,
    pub sent_at: Option<Stamp>,
    pub html: String,
}

/// Writes the mail into the outbox: it leaves if and only if this transaction commits.
pub fn queue(cx: &mut Cx, order: &MailOrder) -> Result<MailId, AppError> {
    let to = address(order.to).ok_or_else(|| {
        AppError::field("/email", FieldCode::Format, say!("不是有效的邮箱地址", "is no valid e-mail address"))
    })?;
    put(cx, order, to.as_ref(), None)
}

/// The same where the address is on record and nobody is there to mend it: one that no server would take makes a dead letter, not
/// a refusal of the work that the letter tells about.
pub fn queue_or_bury(cx: &mut Cx, order: &MailOrder) -> Result<MailId, AppError> {
    match address(order.to) {
        Some(to) => put(cx, order, to.as_ref(), None),
        None => put(cx, order, order.to, Some("the address on record is no valid e-mail address")),
    }
}

fn put(cx: &mut Cx, order: &MailOrder, to: &str, buried: Option<&str>) -> Result<MailId, AppError> {
    let Filled { subject, text, html } = cx.templates.render(order.template, order.lang, &order.values)?;
    let mail = Mail {
        id: cx.id(),
        to_address: to.to_owned(),
        template: order.template.to_owned(),
        lang: order.lang,
        subject,
        body: text,
        state: if buried.is_some() { MailState::Dead } else { MailState::Queued },
        attempts: 0,
        next_attempt_at: cx.now,
        leased_until: None,
        last_error: buried.map(str::to_owned),
        created_at: cx.now,
        sent_at: None,
        html,
    };
    diesel::insert_into(mails::table).values(&mail).execute(cx.conn)?;
    Ok(mail.id)
}

/// Deletes what is known of mails that were sent before `old`.
pub fn forget_sent(cx: &mut Cx, old: Stamp) -> Result<(), AppError> {
    let sent = mails::table.filter(mails::state.eq(MailState::Sent)).filter(mails::sent_at.lt(old));
    diesel::delete(sent).execute(cx.conn)?;
    Ok(())
}

/// An e-mail address any mail server takes: ASCII, at most 254 characters (RFC 5321), a domain with a dot.
pub fn address(text: &str) -> Option<Address> {
    let address: Address = text.parse().ok()?;
    let domain = address.domain();
    (text.is_ascii() && text.len() <= 254 && domain.contains('.') && !domain.starts_with('[')).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_addresses_are_taken() {
        for good in ["a@b.cn", "wang.fang+1@laoshan.example"] {
            assert!(address(good).is_some(), "{good}");
        }
        let long = format!("{}@{}.cn", "a".repeat(60), "b".repeat(250));
        for bad in ["", "a", "a@", "@b.cn", "a b@c.cn", "a@b", "a@[1.2.3.4]", "王@b.cn", "a@b.cn\r\nBcc: c@d.cn", &long]
        {
            assert!(address(bad).is_none(), "{bad}");
        }
    }
}
