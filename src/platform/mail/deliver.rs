//! Emptying the outbox. Any number of processes do it at once; each mail is taken by one of them at a time.

use chrono::Duration;
use diesel::prelude::*;

use super::send::Refused;
use super::{Mail, MailId, MailState};
use crate::app::App;
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::types::Stamp;
use crate::schema::mails;

/// The pause after the first failure; doubled after each further one.
const FIRST_PAUSE_SECONDS: i64 = 90;
/// So many per call: the caller has other work too.
const BATCH: i64 = 50;
const LAST_ERROR_CHARS: usize = 500;

/// Sends mail until nothing is due, the mail server cannot be reached, or it is told to stop. Returns how many mails were tried.
pub async fn deliver_until(app: &App, stop: impl Fn() -> bool) -> Result<usize, AppError> {
    let mut tried = 0;
    while !stop() {
        let (now, go_on) = deliver_some(app, &stop).await?;
        tried += now;
        if !go_on {
            break;
        }
    }
    Ok(tried)
}

/// The same, but no more than one batch: for callers that have other work.
pub async fn deliver_due(app: &App) -> Result<usize, AppError> {
    deliver_some(app, &|| false).await.map(|(tried, _)| tried)
}

/// Sends what is due, one mail after the other and outside any transaction, and notes what became of each. Returns how many were tried,
/// and whether to look again at once.
///
/// A process that dies between sending and noting leaves one mail that is sent again after its lease, under the same Message-ID.
async fn deliver_some(app: &App, stop: &impl Fn() -> bool) -> Result<(usize, bool), AppError> {
    let lease = Duration::seconds(app.config.jobs.lease_seconds);
    // Over before the lease is: nobody else takes a mail that is still being handed over.
    let patience = app.config.mail.timeout_seconds.min((app.config.jobs.lease_seconds / 2).max(1) as u64);
    let patience = std::time::Duration::from_secs(patience);
    let max_attempts = app.config.mail.max_attempts;
    let mut tried = 0;
    // One read a poll; the writer's turn is taken only for what looks due.
    let mut due = app.door.peek("mail.deliver", |cx| Ok(list_due(cx)?)).await?;
    // Processes that look at the same moment see the same mails: where there are many, each begins somewhere else. A few leave in the
    // order in which they were written.
    if due.len() as i64 == BATCH {
        let begin = app.door.next_id().as_u128() as usize % due.len();
        due.rotate_left(begin);
    }
    let mut go_on = !due.is_empty();
    for (id, attempts) in due {
        if stop() {
            return Ok((tried, false));
        }
        let claimed = app.door.system("mail.deliver", move |cx| claim(cx, &id, attempts, lease)).await?;
        let Some(mail) = claimed else { continue };
        let outcome = match tokio::time::timeout(patience, app.mailer.send(&mail)).await {
            Ok(outcome) => outcome,
            Err(_) => {
                Err(Refused { permanent: false, unreachable: false, words: "the mail server took too long".into() })
            }
        };
        let unreachable = outcome.as_ref().is_err_and(|r| r.unreachable);
        let failure = outcome.err().map(|r| (r.permanent, r.words));
        app.door.system("mail.deliver", move |cx| note(cx, &mail, failure.as_ref(), max_attempts)).await?;
        tried += 1;
        if unreachable {
            go_on = false;
            break;
        }
    }
    Ok((tried, go_on))
}

/// The mails that wait longest and that nobody has in hand, with the attempts made so far.
fn list_due(cx: &mut Cx) -> QueryResult<Vec<(MailId, i32)>> {
    mails::table
        .filter(mails::state.eq(MailState::Queued))
        .filter(mails::next_attempt_at.le(cx.now))
        .filter(mails::leased_until.is_null().or(mails::leased_until.le(cx.now)))
        .order((mails::next_attempt_at, mails::id))
        .limit(BATCH)
        .select((mails::id, mails::attempts))
        .load(cx.conn)
}

/// Takes a due mail by compare-and-swap: its attempt is counted, and the lease keeps others off. Nothing when somebody else was first.
fn claim(cx: &mut Cx, id: &MailId, attempts: i32, lease: Duration) -> Result<Option<Mail>, AppError> {
    let leased_until = Some(cx.now.plus(lease));
    let mine = mails::table.find(id).filter(mails::state.eq(MailState::Queued)).filter(mails::attempts.eq(attempts));
    let taken = diesel::update(mine)
        .set((mails::attempts.eq(attempts + 1), mails::leased_until.eq(leased_until)))
        .execute(cx.conn)?;
    if taken == 0 {
        return Ok(None);
    }
    Ok(Some(mails::table.find(id).select(Mail::as_select()).first(cx.conn)?))
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
                mails::html.eq(""),
            ))
            .execute(cx.conn)?,
        Some((permanent, words)) => {
            let dead = *permanent || mail.attempts >= max_attempts;
            tracing::warn!(mail = %mail.id, attempts = mail.attempts, dead, "mail was not delivered");
            let words: String = words.chars().take(LAST_ERROR_CHARS).collect();
            diesel::update(mine)
                .set((
                    mails::state.eq(if dead { MailState::Dead } else { MailState::Queued }),
                    mails::next_attempt_at.eq(cx.now.plus(pause(&mail.id, mail.attempts))),
                    mails::leased_until.eq(no_lease),
                    mails::last_error.eq(Some(words)),
                ))
                .execute(cx.conn)?
        }
    };
    Ok(())
}

/// After the n-th failure: doubled each time, and up to a quarter more, differently for each mail, so that what failed together does not
/// come back together.
fn pause(id: &MailId, attempts: i32) -> Duration {
    let doubled = FIRST_PAUSE_SECONDS << attempts.saturating_sub(1).clamp(0, 16);
    // The end of a UUIDv7 is random.
    let dice = id.as_str().bytes().rev().take(4).fold(0, |sum, b| (sum * 31 + i64::from(b)) % 1_000);
    Duration::seconds(doubled + doubled * dice / 4_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(n: u32) -> MailId {
        MailId(format!("0195a8f0-0000-7000-8000-{n:012x}"))
    }

    #[test]
    fn pauses_double_with_jitter_and_twelve_attempts_span_about_two_days() {
        for n in 0..200 {
            for (attempts, least) in [(1, 90), (2, 180), (3, 360)] {
                let pause = pause(&mail(n), attempts).num_seconds();
                assert!((least..=least + least / 4).contains(&pause), "{n} {attempts}: {pause}");
            }
            let total: i64 = (1..12).map(|attempts| pause(&mail(n), attempts).num_hours()).sum();
            assert!((45..65).contains(&total), "{total}");
        }
        let different: std::collections::BTreeSet<_> = (0..200).map(|n| pause(&mail(n), 6)).collect();
        assert!(different.len() > 100, "{}", different.len());
        assert!(pause(&mail(1), i32::MAX) > Duration::zero());
    }
}
