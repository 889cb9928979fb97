//! The one door to the database. Nothing reaches a connection without naming an [`Action`]; whoever comes through has been
//! checked against the policy, works in one transaction on a blocking thread, and leaves an audit event behind.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

use super::actor::{Actor, Caller, Idempotency, Person, identify};
use super::calendar::business_day;
use super::clock::{Clock, Ids, random_bytes};
use super::config::Config;
use super::conn::{Access, Conn, Pool, Target, begin, begin_part, commit, rollback};
use super::mail::Templates;
use super::policy::{Action, Scope};
use super::text::Lang;
use super::trail::{self, AuditEventId, Event, Origin, Subject};
use super::types::Stamp;
use crate::error::{AppError, Code};
use crate::schema::idempotency_keys;

/// Eight writers of one row that begin together are through before this.
const ATTEMPTS: u32 = 8;

/// The database behind the policy. Cheap to clone.
#[derive(Clone)]
pub struct Door(Arc<Inner>);

struct Inner {
    pool: Pool,
    readers: Arc<Semaphore>,
    /// One on SQLite: writers that wait inside SQLite's busy handler starve each other, a fair queue outside does not.
    writers: Arc<Semaphore>,
    wait: Duration,
    clock: Clock,
    ids: Ids,
    templates: Templates,
    ear: Ear,
}

/// Hears what a transaction has recorded, inside it: what people are told is written if and only if it happened. The name is the
/// action's, for events that have none of their own.
pub type Ear = fn(&mut Cx, &[Event], &str) -> Result<(), AppError>;

/// What a use case works with: the connection inside its transaction, who asks, how far they reach, and what time it is.
pub struct Cx<'a> {
    pub conn: &'a mut Conn,
    pub actor: Actor,
    pub scope: Scope,
    /// The moment this transaction is about.
    pub now: Stamp,
    /// When the request arrived; deadlines are judged by it.
    pub arrived_at: Stamp,
    pub lang: Lang,
    /// The words of letters.
    pub templates: Templates,
    if_match: Option<i64>,
    request_id: String,
    events: Vec<Event>,
    ids: Ids,
}

impl Cx<'_> {
    pub fn id<T: From<Uuid>>(&self) -> T {
        T::from(self.ids.next(self.now))
    }

    /// The business day of `now`, in Shanghai.
    pub fn today(&self) -> NaiveDate {
        business_day(self.now.utc())
    }

    /// Says what changed. Written into the audit trail in this transaction, after the use case succeeded.
    pub fn record(&mut self, event: Event) {
        self.events.push(event);
    }

    pub fn person(&self) -> Result<&Person, AppError> {
        match &self.actor {
            Actor::Person(person) => Ok(person),
            Actor::Anonymous | Actor::System(_) => Err(AppError::new(Code::Unauthenticated)),
        }
    }

    /// Whether the caller's roles may ever do this: for building `actions`, never a substitute for the door.
    pub fn may(&self, action: Action) -> bool {
        match self.actor {
            Actor::System(_) => true,
            _ => !scope_of(&self.actor, action).is_empty(),
        }
    }

    /// Within the reach of another action of the same caller: for what follows the rules of the record it hangs on. 404 for whom that
    /// action reaches nothing.
    pub fn under<T>(
        &mut self,
        action: Action,
        f: impl FnOnce(&mut Self) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        if !self.may(action) {
            return Err(AppError::not_found());
        }
        let scope = scope_of(&self.actor, action);
        let before = std::mem::replace(&mut self.scope, scope);
        let outcome = f(self);
        self.scope = before;
        outcome
    }

    /// `If-Match` of an edit against the version at hand: 428 when missing, 412 when stale.
    pub fn expect_version(&self, version: i64) -> Result<(), AppError> {
        match (self.if_match, &self.actor) {
            (Some(wanted), _) if wanted == version => Ok(()),
            (Some(_), _) => Err(AppError::new(Code::StaleVersion).member("current_version", version)),
            (None, Actor::System(_)) => Ok(()),
            (None, _) => Err(AppError::new(Code::PreconditionRequired)),
        }
    }

    /// A part of the work that can be taken back: `f` says whether it stays. When it does not, or `f` fails, neither rows nor
    /// events of it remain, and the rest of the transaction goes on.
    pub fn part<T>(&mut self, f: impl FnOnce(&mut Self) -> Result<(bool, T), AppError>) -> Result<T, AppError> {
        let recorded = self.events.len();
        begin_part(self.conn)?;
        let outcome = f(self);
        if matches!(outcome, Ok((true, _))) {
            commit(self.conn)?;
        } else {
            self.events.truncate(recorded);
            // A failed statement may have ended the whole transaction; then its own error is the one to tell.
            if let (Err(e), Ok(_)) = (rollback(self.conn), &outcome) {
                return Err(e.into());
            }
        }
        outcome.map(|(_, answer)| answer)
    }

    pub fn request_id(&self) -> &str {
        &self.request_id
    }
}

impl Door {
    pub fn open(config: &Config, target: &Target, clock: Clock, ear: Ear) -> Result<Self, AppError> {
        let wait = Duration::from_millis(config.database.wait_millis);
        let size = config.database.pool_size;
        let pool = Pool::open(target, size, wait)?;
        let readers = Arc::new(Semaphore::new(size as usize));
        // On PostgreSQL readers and writers share one pool, so they share its permits.
        let writers = if target.is_sqlite() { Arc::new(Semaphore::new(1)) } else { readers.clone() };
        let templates = Templates::load(&config.mail.templates_dir, &config.server.public_url);
        for problem in templates.problems() {
            tracing::error!(file = problem.file, words = problem.words.en, "local wording is not used");
        }
        Ok(Self(Arc::new(Inner { pool, readers, writers, wait, clock, ids: Ids::default(), templates, ear })))
    }

    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Statements sent to the database so far.
    pub fn statements(&self) -> u64 {
        self.0.pool.statements.load(std::sync::atomic::Ordering::Relaxed)
    }

    pub fn next_id(&self) -> Uuid {
        self.0.ids.next(self.0.clock.now())
    }

    /// Runs a use case that changes something.
    ///
    /// `f` may run more than once (PostgreSQL asks for a retry when two transactions cross), so nothing may leave the process
    /// inside it. With an Idempotency-Key the answer is stored in the same transaction, and a repeat gets that answer.
    pub async fn act<T, F>(&self, caller: &Caller, action: Action, f: F) -> Result<T, AppError>
    where
        F: Fn(&mut Cx) -> Result<T, AppError> + Send + 'static,
        T: Serialize + DeserializeOwned + Send + 'static,
    {
        let (actor, scope) = self.admit(caller, action).await?;
        let caller = caller.clone();
        self.write(move |inner, conn| {
            let now = inner.clock.now();
            let kept = caller.idempotency.as_ref().filter(|_| action.keeps_answer());
            if let Some(idempotency) = kept
                && let Some(answer) = find_answer(conn, &actor, idempotency)?
            {
                return Ok(answer);
            }
            let mut cx = inner.cx(conn, actor.clone(), scope, now, &caller);
            let answer = f(&mut cx)?;
            if cx.events.is_empty() {
                // The service named no subject of its own (an account's own business): the actor is the subject.
                let subject = Subject::new("user", actor.user_id().map_or("anonymous", |id| id.as_str()));
                cx.record(Event::on(subject));
            }
            inner.flush(&mut cx, action.as_str())?;
            if let Some(idempotency) = kept {
                keep_answer(conn, &actor, idempotency, &answer, now)?;
            }
            Ok(answer)
        })
        .await
    }

    /// Runs a use case that only reads: one snapshot, no audit.
    pub async fn look<T, F>(&self, caller: &Caller, action: Action, f: F) -> Result<T, AppError>
    where
        F: Fn(&mut Cx) -> Result<T, AppError> + Send + 'static,
        T: Send + 'static,
    {
        let caller = caller.clone();
        self.read(move |inner, conn| {
            let now = inner.clock.now();
            let (actor, scope) = decide(conn, &caller, action, now)?;
            f(&mut inner.cx(conn, actor, scope, now, &caller))
        })
        .await
    }

    /// The worker and the command line: sees everything, is named in the trail by its job.
    pub async fn system<T, F>(&self, job: &'static str, f: F) -> Result<T, AppError>
    where
        F: Fn(&mut Cx) -> Result<T, AppError> + Send + 'static,
        T: Send + 'static,
    {
        self.write(move |inner, conn| {
            let now = inner.clock.now();
            let mut cx = inner.cx(conn, Actor::System(job), Scope::ALL, now, &Caller::system(now));
            let answer = f(&mut cx)?;
            inner.flush(&mut cx, job)?;
            Ok(answer)
        })
        .await
    }

    /// [`Door::system`] without the writer's turn: for asking whether there is anything to do, and for printing.
    pub async fn peek<T, F>(&self, job: &'static str, f: F) -> Result<T, AppError>
    where
        F: Fn(&mut Cx) -> Result<T, AppError> + Send + 'static,
        T: Send + 'static,
    {
        self.read(move |inner, conn| {
            let now = inner.clock.now();
            f(&mut inner.cx(conn, Actor::System(job), Scope::ALL, now, &Caller::system(now)))
        })
        .await
    }

    /// Authenticates and asks the policy before a writing request may queue: a stranger never takes the writer's turn.
    async fn admit(&self, caller: &Caller, action: Action) -> Result<(Actor, Scope), AppError> {
        if caller.token.is_none() {
            return allow(Actor::Anonymous, action);
        }
        let caller = caller.clone();
        self.read(move |inner, conn| decide(conn, &caller, action, inner.clock.now())).await
    }

    async fn read<T: Send + 'static>(
        &self,
        f: impl Fn(&Inner, &mut Conn) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        self.on_blocking_thread(self.0.readers.clone(), Access::Read, f).await
    }

    async fn write<T: Send + 'static>(
        &self,
        f: impl Fn(&Inner, &mut Conn) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        self.on_blocking_thread(self.0.writers.clone(), Access::Write, f).await
    }

    async fn on_blocking_thread<T: Send + 'static>(
        &self,
        turn: Arc<Semaphore>,
        access: Access,
        f: impl Fn(&Inner, &mut Conn) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let permit = take_turn(turn, self.0.wait).await?;
        let inner = self.0.clone();
        let work = move || {
            let _turn = permit; // held until the connection is back, also when the client has gone
            let mut conn = inner.pool.get(access)?;
            transaction(&mut conn, access, |conn| f(&inner, conn))
        };
        tokio::task::spawn_blocking(work).await.map_err(AppError::internal)?
    }
}

impl Inner {
    fn cx<'a>(&self, conn: &'a mut Conn, actor: Actor, scope: Scope, now: Stamp, caller: &Caller) -> Cx<'a> {
        Cx {
            conn,
            actor,
            scope,
            now,
            arrived_at: caller.arrived_at,
            lang: caller.lang,
            templates: self.templates.clone(),
            if_match: caller.if_match,
            request_id: caller.request_id.clone(),
            events: Vec::new(),
            ids: self.ids.clone(),
        }
    }

    /// Tells what was recorded, and writes it into the trail.
    fn flush(&self, cx: &mut Cx, action: &str) -> Result<(), AppError> {
        let events = std::mem::take(&mut cx.events);
        (self.ear)(cx, &events, action)?;
        let request_id = cx.request_id.clone();
        let origin = Origin { at: cx.now, actor: cx.actor.label(), action, request_id: &request_id };
        let events = events.into_iter().map(|event| (cx.id::<AuditEventId>(), event)).collect();
        trail::append(cx.conn, events, &origin)
    }
}

async fn take_turn(turn: Arc<Semaphore>, wait: Duration) -> Result<OwnedSemaphorePermit, AppError> {
    match tokio::time::timeout(wait, turn.acquire_owned()).await {
        Ok(permit) => permit.map_err(AppError::busy),
        Err(_) => Err(AppError::busy("no database turn within the wait limit")),
    }
}

/// Longer each time, and by chance, so that transactions that crossed do not cross again in step.
fn pause(attempt: u32) -> Duration {
    let [chance] = random_bytes::<1>();
    Duration::from_millis(u64::from(attempt * attempt) * 3) * (256 + u32::from(chance)) / 256
}

fn transaction<T>(
    conn: &mut Conn,
    access: Access,
    f: impl Fn(&mut Conn) -> Result<T, AppError>,
) -> Result<T, AppError> {
    let mut attempt = 1;
    loop {
        let outcome = begin(conn, access).map_err(AppError::from).and_then(|()| match f(conn) {
            Ok(answer) => commit(conn).map(|()| answer).map_err(AppError::from),
            Err(refusal) => {
                rollback(conn)?;
                Err(refusal)
            }
        });
        match outcome {
            Err(e) if e.retry && attempt < ATTEMPTS => {
                tracing::debug!(attempt, cause = ?e.cause, "transaction runs again");
                #[expect(
                    clippy::disallowed_methods,
                    reason = "a blocking thread gives the other transaction time to end"
                )]
                std::thread::sleep(pause(attempt));
                attempt += 1;
            }
            other => return other,
        }
    }
}

fn decide(conn: &mut Conn, caller: &Caller, action: Action, now: Stamp) -> Result<(Actor, Scope), AppError> {
    let actor = match identify(conn, caller, now) {
        // A stale token must not bar anyone from signing in again.
        Err(e) if e.code == Code::SessionEnded && action.is_public() => Actor::Anonymous,
        other => other?,
    };
    allow(actor, action)
}

fn scope_of(actor: &Actor, action: Action) -> Scope {
    match actor {
        Actor::Person(person) => action.scope_signed_in(&person.roles),
        Actor::Anonymous | Actor::System(_) => action.scope(&[]),
    }
}

fn allow(actor: Actor, action: Action) -> Result<(Actor, Scope), AppError> {
    let scope = scope_of(&actor, action);
    match &actor {
        Actor::Anonymous if scope.is_empty() => Err(AppError::new(Code::Unauthenticated)),
        _ if scope.is_empty() => Err(AppError::new(Code::Forbidden)),
        Actor::Person(p) if p.must_change_password && !action.is_public() && !action.works_with_old_password() => {
            Err(AppError::new(Code::PasswordChangeRequired))
        }
        _ => Ok((actor, scope)),
    }
}

fn find_answer<T: DeserializeOwned>(
    conn: &mut Conn,
    actor: &Actor,
    wanted: &Idempotency,
) -> Result<Option<T>, AppError> {
    let kept: Option<(String, String)> = idempotency_keys::table
        .filter(idempotency_keys::owner.eq(actor.label()))
        .filter(idempotency_keys::key.eq(&wanted.key))
        .select((idempotency_keys::digest, idempotency_keys::answer))
        .first(conn)
        .optional()?;
    match kept {
        None => Ok(None),
        Some((digest, _)) if digest != wanted.digest => Err(AppError::new(Code::IdempotencyKeyReused)),
        Some((_, answer)) => serde_json::from_str(&answer).map(Some).map_err(AppError::internal),
    }
}

fn keep_answer<T: Serialize>(
    conn: &mut Conn,
    actor: &Actor,
    wanted: &Idempotency,
    answer: &T,
    now: Stamp,
) -> Result<(), AppError> {
    let text = serde_json::to_string(answer).map_err(AppError::internal)?;
    diesel::insert_into(idempotency_keys::table)
        .values((
            idempotency_keys::owner.eq(actor.label()),
            idempotency_keys::key.eq(&wanted.key),
            idempotency_keys::digest.eq(&wanted.digest),
            idempotency_keys::answer.eq(text),
            idempotency_keys::created_at.eq(now),
        ))
        .execute(conn)
        // The same key at the same moment: the other one won, so run again and find its answer.
        .map_err(|e| AppError { retry: true, ..AppError::busy(e) })?;
    Ok(())
}

/// Answers kept for an Idempotency-Key are good for a day.
pub fn forget_answers(cx: &mut Cx) -> Result<(), AppError> {
    let old = cx.now.minus(chrono::Duration::days(1));
    diesel::delete(idempotency_keys::table.filter(idempotency_keys::created_at.lt(old))).execute(cx.conn)?;
    Ok(())
}
