use super::{check_reason, reach};
use crate::error::{AppError, Code, Faults, FieldCode};
use crate::platform::actions::Actions;
use crate::platform::actor::UserId;
use crate::platform::door::Cx;
use crate::platform::page::{Page, PageRequest};
use crate::platform::policy::Action;
use crate::platform::trail::{Changes, Event, Subject};
use crate::say;
use crate::talent_loans::db::banks as db;
use crate::talent_loans::model::*;
use crate::talent_loans::rules::banks as rules;

pub fn list_banks(cx: &mut Cx, params: &ListBanksParams) -> Result<Page<BankSummary>, AppError> {
    let page = PageRequest::read(params.limit, params.cursor.as_deref(), params.count)?;
    let reach = reach(cx);
    let rows = db::list_banks(cx.conn, &reach, params, &page)?;
    let total = if page.count { Some(db::count_banks(cx.conn, &reach, params)?) } else { None };
    Ok(Page::of(rows, page.limit, total, |bank| bank.id.clone(), BankSummary::from))
}

pub fn get_bank(cx: &mut Cx, id: &BankId) -> Result<BankView, AppError> {
    let bank = find(cx, id)?;
    Ok(view(cx, bank))
}

pub fn create_bank(cx: &mut Cx, body: &CreateBankBody) -> Result<BankView, AppError> {
    let mut faults = Faults::default();
    let cnaps_code = check_fields(&mut faults, &body.name, &body.cnaps_code, &body.contact);
    let filed_on = body.filed_on.unwrap_or(cx.today());
    if filed_on > cx.today() {
        faults.plain("/filed_on", FieldCode::InTheFuture);
    }
    faults.done()?;
    let bank = Bank {
        id: cx.id(),
        name: body.name.trim().to_owned(),
        cnaps_code,
        contact: body.contact.trim().to_owned(),
        state: BankState::Filed,
        suspended_reason: None,
        filed_on,
        created_by: cx.actor.label(),
        created_at: cx.now,
        updated_at: cx.now,
        version: 1,
    };
    refuse_twin(cx, &bank)?;
    db::insert_bank(cx.conn, &bank)?;
    let changes = Changes::default()
        .set("name", &bank.name)
        .set("cnaps_code", &bank.cnaps_code)
        .set("contact", &bank.contact)
        .set("filed_on", bank.filed_on);
    cx.record(Event::on(subject(&bank.id)).to(bank.state).changes(changes));
    Ok(view(cx, bank))
}

pub fn update_bank(cx: &mut Cx, id: &BankId, body: &UpdateBankBody) -> Result<BankView, AppError> {
    let old = find(cx, id)?;
    cx.expect_version(old.version)?;
    let mut bank = old.clone();
    bank.name = body.name.as_deref().unwrap_or(&old.name).trim().to_owned();
    bank.contact = body.contact.as_deref().unwrap_or(&old.contact).trim().to_owned();
    let mut faults = Faults::default();
    let code = body.cnaps_code.as_deref().unwrap_or(&old.cnaps_code);
    bank.cnaps_code = check_fields(&mut faults, &bank.name, code, &bank.contact);
    faults.done()?;
    refuse_twin(cx, &bank)?;
    let changes = Changes::default()
        .field("name", &old.name, &bank.name)
        .field("cnaps_code", &old.cnaps_code, &bank.cnaps_code)
        .field("contact", &old.contact, &bank.contact);
    write(cx, bank, Event::on(subject(id)).changes(changes))
}

pub fn suspend_bank(cx: &mut Cx, id: &BankId, body: &ReasonBody) -> Result<BankView, AppError> {
    let mut bank = find(cx, id)?;
    cx.expect_version(bank.version)?;
    rules::may_suspend(&bank)?;
    check_reason(&body.reason)?;
    bank.state = BankState::Suspended;
    bank.suspended_reason = Some(body.reason.trim().to_owned());
    let event = Event::on(subject(id)).moved(BankState::Filed, BankState::Suspended).reason(body.reason.trim());
    write(cx, bank, event)
}

pub fn resume_bank(cx: &mut Cx, id: &BankId, body: &ReasonBody) -> Result<BankView, AppError> {
    let mut bank = find(cx, id)?;
    cx.expect_version(bank.version)?;
    rules::may_resume(&bank)?;
    check_reason(&body.reason)?;
    bank.state = BankState::Filed;
    bank.suspended_reason = None;
    let event = Event::on(subject(id)).moved(BankState::Suspended, BankState::Filed).reason(body.reason.trim());
    write(cx, bank, event)
}

pub fn list_bank_users(cx: &mut Cx, id: &BankId) -> Result<BankUsersView, AppError> {
    find(cx, id)?;
    let rows = db::list_bank_users(cx.conn, id)?;
    let items = rows.into_iter().map(|(row, name, email)| BankUserView {
        user_id: row.user_id,
        name,
        email,
        set_at: row.set_at,
    });
    Ok(BankUsersView { items: items.collect() })
}

pub fn set_bank_user(cx: &mut Cx, id: &BankId, body: &SetBankUserBody) -> Result<BankUsersView, AppError> {
    find(cx, id)?;
    let user = &body.user_id;
    if !db::is_bank_clerk(cx.conn, user)? {
        let say = say!("不存在，或没有银行角色", "is nobody with the bank role");
        return Err(AppError::field("/user_id", FieldCode::NotExisting, say));
    }
    let before = db::find_bank_user(cx.conn, user)?.map(|row| row.bank_id);
    let row = BankUser { user_id: user.clone(), bank_id: id.clone(), set_by: cx.actor.label(), set_at: cx.now };
    db::set_bank_user(cx.conn, &row)?;
    cx.record(Event::on(subject(id)).changes(Changes::default().field(&format!("users/{user}/bank_id"), before, id)));
    list_bank_users(cx, id)
}

pub fn remove_bank_user(cx: &mut Cx, id: &BankId, user: &UserId) -> Result<(), AppError> {
    find(cx, id)?;
    let row = db::find_bank_user(cx.conn, user)?.filter(|row| row.bank_id == *id);
    let row = row.ok_or_else(AppError::not_found)?;
    db::delete_bank_user(cx.conn, user)?;
    let changes = Changes::default().field(&format!("users/{user}/bank_id"), &row.bank_id, None::<BankId>);
    cx.record(Event::on(subject(id)).changes(changes));
    Ok(())
}

fn subject(id: &BankId) -> Subject {
    Subject::new("bank", id)
}

fn find(cx: &mut Cx, id: &BankId) -> Result<Bank, AppError> {
    let reach = reach(cx);
    Ok(db::find_visible_bank(cx.conn, &reach, id)?)
}

fn write(cx: &mut Cx, mut bank: Bank, event: Event) -> Result<BankView, AppError> {
    bank.updated_at = cx.now;
    bank.version += 1;
    db::update_bank(cx.conn, &bank)?;
    cx.record(event);
    Ok(view(cx, bank))
}

/// The code in its one spelling.
fn check_fields(faults: &mut Faults, name: &str, cnaps_code: &str, contact: &str) -> String {
    faults.text("/name", name, 2, 100);
    faults.text("/contact", contact, 1, 200);
    let code = rules::read_cnaps_code(cnaps_code);
    if code.is_none() {
        faults.add("/cnaps_code", FieldCode::Format, say!("应为 12 位数字的行号", "is a number of 12 digits"));
    }
    code.unwrap_or_default()
}

fn refuse_twin(cx: &mut Cx, bank: &Bank) -> Result<(), AppError> {
    if db::has_twin(cx.conn, &bank.id, &bank.name, &bank.cnaps_code)? {
        let say = say!("已有同名或同行号的银行", "a bank of this name or code is on record");
        return Err(AppError::with(Code::AlreadyExists, say));
    }
    Ok(())
}

fn view(cx: &Cx, bank: Bank) -> BankView {
    let href = |noun: &str| format!("/api/v1/banks/{}{noun}", bank.id);
    let actions = Actions::of(cx)
        .add(Action::BankUpdate, "PATCH", href(""), Ok(()))
        .add(Action::BankSuspend, "POST", href("/suspension"), rules::may_suspend(&bank))
        .add(Action::BankResume, "POST", href("/resumption"), rules::may_resume(&bank))
        .add(Action::BankUserSet, "POST", href("/users"), Ok(()))
        .add(Action::LoanCreate, "POST", "/api/v1/loans".to_owned(), rules::may_file_loans(&bank))
        .list();
    BankView {
        contact: bank.contact.clone(),
        suspended_reason: bank.suspended_reason.clone(),
        created_at: bank.created_at,
        updated_at: bank.updated_at,
        version: bank.version,
        actions,
        summary: bank.into(),
    }
}
