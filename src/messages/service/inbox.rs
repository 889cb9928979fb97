//! A person's own inbox and what they want mailed.

use super::mailing::{title, values};
use crate::error::{AppError, Code, Faults, FieldCode, Refusal};
use crate::messages::db::inbox as db;
use crate::messages::model::inbox::{
    Choices, ChoosePreferencesBody, ListMessagesParams, Message, MessageId, MessageSummary, MessageView,
    PreferenceView, Preferences, PreferencesView, ReadMessagesBody, UnreadView,
};
use crate::messages::model::notices::{Audience, Mailing, Notice};
use crate::messages::rules::notices as rules;
use crate::platform::actions::Actions;
use crate::platform::actor::UserId;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::{Action, Role};
use crate::platform::text::segment;
use crate::platform::trail::{Changes, Event, Subject};
use crate::platform::types::Doc;
use crate::say;

pub fn list_messages(cx: &mut Cx, params: &ListMessagesParams) -> Result<Page<MessageSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let me = me(cx)?;
    let rows = db::list_messages(cx.conn, &me, params, &page)?;
    let total = if page.count { Some(db::count_messages(cx.conn, &me, params)?) } else { None };
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        views.push(summary(cx, row)?);
    }
    Ok(Page::of(views, page.limit, total, |view| view.id.clone(), |view| view))
}

pub fn count_unread(cx: &mut Cx) -> Result<UnreadView, AppError> {
    let params = ListMessagesParams { unread: Some(true), ..ListMessagesParams::default() };
    let me = me(cx)?;
    Ok(UnreadView { unread: db::count_messages(cx.conn, &me, &params)? })
}

pub fn view_message(cx: &mut Cx, id: &MessageId) -> Result<MessageView, AppError> {
    let me = me(cx)?;
    let row = db::find_message(cx.conn, &me, id)?;
    let mut filling = values(cx, &row, cx.lang)?;
    filling["name"] = cx.person()?.name.as_str().into();
    let text = cx.templates.render(row.notice.as_str(), cx.lang, &filling)?.text;
    let href = format!("/api/v1/messages/{id}/reading");
    let actions = Actions::of(cx).add(Action::MessageRead, "POST", href, may_read(&row)).list();
    Ok(MessageView { message: summary(cx, row)?, text, actions })
}

/// Marks it as read; once read it stays so.
pub fn read_message(cx: &mut Cx, id: &MessageId) -> Result<MessageView, AppError> {
    let me = me(cx)?;
    let row = db::find_message(cx.conn, &me, id)?;
    if may_read(&row).is_ok() {
        db::update_to_read(cx.conn, id, cx.now)?;
    }
    view_message(cx, id)
}

pub fn read_messages(cx: &mut Cx, body: &ReadMessagesBody) -> Result<UnreadView, AppError> {
    let me = me(cx)?;
    db::update_all_to_read(cx.conn, &me, body.up_to.as_ref(), cx.now)?;
    count_unread(cx)
}

fn may_read(row: &Message) -> Result<(), Refusal> {
    match row.read_at {
        None => Ok(()),
        Some(_) => Err(Refusal::new(Code::InvalidTransition, say!("已读", "has been read"))),
    }
}

fn summary(cx: &Cx, row: Message) -> Result<MessageSummary, AppError> {
    let title = title(cx, &row, cx.lang)?;
    let path = row.content.read()?.path;
    Ok(MessageSummary {
        id: row.id,
        notice: row.notice,
        title,
        subject_kind: row.subject_kind,
        subject_id: row.subject_id,
        path,
        due_on: row.due_on,
        created_at: row.created_at,
        read_at: row.read_at,
    })
}

fn me(cx: &Cx) -> Result<UserId, AppError> {
    Ok(cx.person()?.id.clone())
}

pub fn show_preferences(cx: &mut Cx) -> Result<PreferencesView, AppError> {
    let (choices, version) = chosen(cx)?;
    let roles = cx.person()?.roles.clone();
    let reaches = |notice: &&Notice| can_reach(&roles, notice.audience());
    let view = |notice: &Notice| PreferenceView {
        notice: *notice,
        label: notice.label().in_lang(cx.lang).to_owned(),
        mandatory: notice.mailed().mandatory,
        default: notice.mailed().mailing,
        mailing: rules::mailing(*notice, choices.get(notice).copied()),
    };
    Ok(PreferencesView { items: Notice::ALL.iter().filter(reaches).map(view).collect(), version })
}

/// What is left out of the body stays as it was chosen; null returns to the default.
pub fn choose_preferences(cx: &mut Cx, body: &ChoosePreferencesBody) -> Result<PreferencesView, AppError> {
    let (before, version) = chosen(cx)?;
    cx.expect_version(version)?;
    let mut faults = Faults::default();
    let mut choices = before.clone();
    for (name, choice) in &body.choices {
        let at = format!("/choices/{}", segment(name));
        match (name.parse::<Notice>(), choice) {
            (Err(_), _) => faults.plain(at, FieldCode::Unknown),
            (Ok(notice), Some(Mailing::Never)) if notice.mailed().mandatory => {
                let said = say!("必达通知不能关闭邮件", "the mail of a mandatory notice cannot be turned off");
                faults.add(at, FieldCode::NotAllowed, said);
            }
            (Ok(notice), Some(choice)) => {
                choices.insert(notice, *choice);
            }
            (Ok(notice), None) => {
                choices.remove(&notice);
            }
        }
    }
    faults.done()?;
    let user_id = me(cx)?;
    let row =
        Preferences { user_id: user_id.clone(), choices: Doc::of(&choices), updated_at: cx.now, version: version + 1 };
    match version {
        0 => db::insert_preferences(cx.conn, &row)?,
        _ => db::update_preferences(cx.conn, &row)?,
    }
    let changes = Changes::default().field("message_preferences", &before, &choices);
    cx.record(Event::on(Subject::new("user", &user_id)).changes(changes));
    show_preferences(cx)
}

fn chosen(cx: &mut Cx) -> Result<(Choices, i64), AppError> {
    let me = me(cx)?;
    match db::find_preferences(cx.conn, &me)? {
        Some(row) => Ok((row.choices.read()?, row.version)),
        None => Ok((Choices::new(), 0)),
    }
}

/// Whether somebody with these roles may ever be in the audience.
fn can_reach(roles: &[Role], audience: Audience) -> bool {
    let any = |wanted: &[Role]| wanted.iter().any(|role| roles.contains(role));
    match audience {
        Audience::Party | Audience::RoundParties | Audience::MemberParties | Audience::AllParties => {
            any(&[Role::Applicant])
        }
        Audience::Role(role) => any(&[role]),
        Audience::Person => true,
        Audience::Reviewers => any(&[Role::Expert]),
        Audience::Unit => any(&[Role::Department]),
        Audience::Banks => any(&[Role::Bank]),
    }
}
