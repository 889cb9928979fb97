//! Emptying the outbox. Any number of processes do it at once; each mail is taken by one of them at a time.

use chrono::Duration;
use diesel::prelude::*;

use super::send::Refused;
use super::{Mail, MailState};
use crate::app::App;
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::types::Stamp;
use crate::schema::mails;

/// The pause after the first failure; doubled after each further one.
const FIRST_PAUSE_SECONDS: i64 = 90;
/// So many per call: the caller has other work too.
const BATCH: usize = 50;
const LAST_ERROR_CHARS: usize = 500;

/// Sends what is due, outside any transaction, and notes what became of it. Returns how many mails were tried.
///
/// A process that dies between sending and noting leaves a mail that is sent again after its lease, under the same Message-ID.
pub async fn deliver_due(app: &App) -> Result<usize, AppError> {
    let lease = Duration::seconds(app.config.jobs.lease_seconds);
    let patience = std::time::Duration::from_secs((app.config.jobs.lease_seconds / 2).clamp(1, 60) as u64);
    let max_attempts = app.config.mail.max_attempts;
    let mut tried = 0;
    // One read a poll; the writer's turn is taken only when something looks due.
    if app.door.peek("mail.deliver", |cx| Ok(find_due(cx)?.is_none())).await? {
        return Ok(tried);
    }
    while tried < BATCH {
        let Some(mail) = app.door.system("mail.deliver", move |cx| claim(cx, lease)).await? else { break };
        let outcome = match tokio::time::timeout(patience, app.mailer.send(&mail)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Refused { permanent: false, words: "the mail server took too long".into() }),
        };
        let failure = outcome.err().map(|r| (r.permanent, r.words));
        app.door.system("mail.deliver", move |cx| note(cx, &mail, failure.as_ref(), max_attempts)).await?;
        tried += 1;
    }
    Ok(tried)
}

/// The mail that waits longest and that nobody has in hand.
fn find_due(cx: &mut Cx) -> QueryResult<Option<Mail>> {
    mails::table
        .filter(mails::state.eq(MailState::Queued))
        .filter(mails::next_attempt_at.le(cx.now))
        .filter(mails::leased_until.is_null().or(mails::leased_until.le(cx.now)))
        .order((mails::next_attempt_at, mails::id))
        .select(Mail::as_select())
        .first(cx.conn)
        .optional()
}

/// Takes a due mail by compare-and-swap: its attempt is counted, and the lease keeps others off.
fn claim(cx: &mut Cx, lease: Duration) -> Result<Option<Mail>, AppError> {
    let Some(mail) = find_due(cx)? else { return Ok(None) };
    let leased_until = Some(cx.now.plus(lease));
    let mine = mails::table.find(&mail.id).filter(mails::attempts.eq(mail.attempts));
    let taken = diesel::update(mine)
        .set((mails::attempts.eq(mail.attempts + 1), mails::leased_until.eq(leased_until)))
        .execute(cx.conn)?;
    Ok((taken == 1).then(|| Mail { attempts: mail.attempts + 1, leased_until, ..mail }))
}

fn note(cx: &mut Cx, mail: &Mail, failure: Option<&(bool, String)>, max_attempts: i32) -> Result<(), AppError> {
    // Whoever took the mail over after our lease counts for itself.
    let mine = mails::table.find(&mail.id).filter(mails::attempts.eq(mail.attempts));
    let no_lease = None::<Stamp>;
    match failure {
        None => diesel::update(mine)
            .set((
                mails::state.eq(MailState::Sent),
                mails::sent_at.eq(Some(cx.now)),
                mails::leased_until.eq(no_lease),
                mails::last_error.eq(None::<String>),
                mails::body.eq(""),
            ))
            .execute(cx.conn)?,
        Some((permanent, words)) => {
            let dead = *permanent || mail.attempts >= max_attempts;
            tracing::warn!(mail = %mail.id, attempts = mail.attempts, dead, "mail was not delivered");
            let words: String = words.chars().take(LAST_ERROR_CHARS).collect();
            diesel::update(mine)
                .set((
                    mails::state.eq(if dead { MailState::Dead } else { MailState::Queued }),
                    mails::next_attempt_at.eq(cx.now.plus(pause(mail.attempts))),
                    mails::leased_until.eq(no_lease),
                    mails::last_error.eq(Some(words)),
                ))
                .execute(cx.conn)?
        }
    };
    Ok(())
}

/// After the n-th failure.
fn pause(attempts: i32) -> Duration {
    Duration::seconds(FIRST_PAUSE_SECONDS << attempts.saturating_sub(1).clamp(0, 16))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_and_twelve_attempts_span_about_two_days() {
        assert_eq!([1, 2, 3].map(pause), [90, 180, 360].map(Duration::seconds));
        let total: i64 = (1..12).map(|n| pause(n).num_hours()).sum();
        assert!((45..54).contains(&total), "{total}");
        assert!(pause(i32::MAX) > Duration::zero());
    }
}
