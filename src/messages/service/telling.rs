//! From an event, or a day that comes near, to messages in inboxes. The rows are written in the transaction of what they tell about: a
//! person is told if and only if it happened.

use chrono::NaiveDate;
use diesel::OptionalExtension;
use std::collections::{BTreeMap, BTreeSet};

use crate::error::AppError;
use crate::messages::db::subjects::About;
use crate::messages::db::{audiences, inbox, subjects};
use crate::messages::model::inbox::{Choices, Content, MailStep, Message, Recipient};
use crate::messages::model::notices::{Audience, Mailing, Notice};
use crate::messages::rules::notices as rules;
use crate::platform::actor::UserId;
use crate::platform::door::Cx;
use crate::platform::trail::{Event, Subject};
use crate::platform::types::Doc;
use crate::reviews::db::conflicts;

/// Called by the door with everything a transaction has recorded. `action` names the events that have no name of their own.
pub fn hear(cx: &mut Cx, events: &[Event], action: &str) -> Result<(), AppError> {
    for event in events {
        let notices = rules::notices_of(event, event.action.unwrap_or(action));
        if notices.is_empty() {
            continue;
        }
        // What is told about need not be there any more; what happened to it stands nevertheless.
        let about = subjects::find_about(cx.conn, event.subject.kind, &event.subject.id).optional()?.flatten();
        let Some(about) = about else { continue };
        for notice in notices {
            let occurrence = Occurrence {
                notice,
                subject: &event.subject,
                reason: event.reason.as_deref().unwrap_or_default(),
                state: event.to.as_deref().unwrap_or_default(),
                deadline: None,
            };
            tell(cx, &occurrence, &about)?;
        }
    }
    Ok(())
}

/// What there is to tell.
pub struct Occurrence<'a> {
    pub notice: Notice,
    pub subject: &'a Subject,
    pub reason: &'a str,
    pub state: &'a str,
    /// Of a reminder: the day, the days until or since, and the step that makes it the same as one given before.
    pub deadline: Option<(NaiveDate, i64, i64)>,
}

/// Writes the messages; answers with how many people were told.
pub fn tell(cx: &mut Cx, what: &Occurrence, about: &About) -> Result<usize, AppError> {
    let audience = what.notice.audience();
    let mut people = audience_of(cx, audience, about)?;
    let own =
        matches!(audience, Audience::Party | Audience::RoundParties | Audience::MemberParties | Audience::AllParties);
    if !own {
        // Whoever did it knows; whoever has a stake in the case must not hear of it.
        let me = cx.actor.user_id().cloned();
        let barred = barred(cx, about)?;
        people.retain(|person| Some(&person.id) != me.as_ref() && !barred.contains(&person.id));
    }
    if let Some((due_on, _, step)) = what.deadline {
        let told = already_told(cx, what, due_on, step, &people)?;
        people.retain(|person| !told.contains(&occasion(what, due_on, step, &person.id)));
    }
    let choices = choices_of(cx, &people)?;
    let content = Doc::of(&Content {
        enterprise: about.enterprise.clone(),
        title: about.title.clone(),
        reason: what.reason.to_owned(),
        state: what.state.to_owned(),
        days: what.deadline.map_or(0, |(_, days, _)| days),
        path: about.path.clone(),
    });
    let row = |person: &Recipient| Message {
        id: cx.id(),
        user_id: person.id.clone(),
        notice: what.notice,
        subject_kind: what.subject.kind.to_owned(),
        subject_id: what.subject.id.clone(),
        // A case of several enterprises is nobody's in particular.
        enterprise_id: Some(&about.enterprises).filter(|of| of.len() == 1).and_then(|of| of.first().cloned()),
        own,
        content: content.clone(),
        due_on: what.deadline.map(|(due_on, ..)| due_on).or(about.due_on),
        mailing: match rules::mailing(what.notice, choices.get(&person.id).and_then(|c| c.get(&what.notice)).copied()) {
            Mailing::Now => MailStep::Now,
            Mailing::Digest => MailStep::Digest,
            Mailing::Never => MailStep::Done,
        },
        occasion: what.deadline.map(|(due_on, _, step)| occasion(what, due_on, step, &person.id)),
        created_at: cx.now,
        read_at: None,
    };
    let rows: Vec<Message> = people.iter().map(row).collect();
    inbox::insert_messages(cx.conn, &rows)?;
    Ok(rows.len())
}

fn audience_of(cx: &mut Cx, audience: Audience, about: &About) -> Result<Vec<Recipient>, AppError> {
    let persons: Vec<UserId> = about.person.iter().cloned().collect();
    if let (Audience::Reviewers, Some(draw)) = (audience, &about.draw) {
        return Ok(audiences::list_drawn(cx.conn, draw)?);
    }
    Ok(match (audience, &about.round, &about.unit) {
        (Audience::Party, ..) => audiences::list_parties(cx.conn, &about.enterprises)?,
        (Audience::MemberParties, ..) => audiences::list_member_parties(cx.conn)?,
        (Audience::AllParties, ..) => audiences::list_all_parties(cx.conn)?,
        (Audience::RoundParties, Some(round), _) => audiences::list_round_parties(cx.conn, round)?,
        (Audience::Role(role), ..) => audiences::list_holders(cx.conn, role)?,
        // A single task names its person, a round all who have something left.
        (Audience::Reviewers, Some(round), _) if persons.is_empty() => audiences::list_reviewers(cx.conn, round)?,
        (Audience::Person | Audience::Reviewers, ..) => audiences::list_people(cx.conn, &persons)?,
        (Audience::Unit, _, Some(unit)) => audiences::list_unit(cx.conn, unit)?,
        (Audience::Banks, ..) => audiences::list_bank_clerks(cx.conn, &about.banks)?,
        (Audience::RoundParties, None, _) | (Audience::Unit, _, None) => Vec::new(),
    })
}

/// Who is in conflict with an enterprise of the case, said or by acting for it.
fn barred(cx: &mut Cx, about: &About) -> Result<BTreeSet<UserId>, AppError> {
    if about.enterprises.is_empty() {
        return Ok(BTreeSet::new());
    }
    let said = conflicts::list_in_force(cx.conn, &about.enterprises)?;
    let acting = conflicts::list_members(cx.conn, &about.enterprises)?;
    Ok(said.into_iter().chain(acting).map(|(user, _)| user).collect())
}

fn choices_of(cx: &mut Cx, people: &[Recipient]) -> Result<BTreeMap<UserId, Choices>, AppError> {
    let ids: Vec<UserId> = people.iter().map(|person| person.id.clone()).collect();
    let mut choices = BTreeMap::new();
    // SQLite takes 32,766 values in one statement.
    for piece in ids.chunks(10_000) {
        for row in inbox::list_preferences(cx.conn, piece)? {
            choices.insert(row.user_id, row.choices.read()?);
        }
    }
    Ok(choices)
}

fn occasion(what: &Occurrence, due_on: NaiveDate, step: i64, user: &UserId) -> String {
    format!("{}/{}/{due_on}/{step}/{user}", what.notice, what.subject.id)
}

fn already_told(
    cx: &mut Cx,
    what: &Occurrence,
    due_on: NaiveDate,
    step: i64,
    people: &[Recipient],
) -> Result<BTreeSet<String>, AppError> {
    let occasions: Vec<String> = people.iter().map(|person| occasion(what, due_on, step, &person.id)).collect();
    Ok(inbox::list_told(cx.conn, &occasions)?.into_iter().flatten().collect())
}
