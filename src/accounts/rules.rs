//! What an account may and must be.

use chrono::Duration;

use super::model::bodies::RegisterBody;
use super::model::{AccountCode, CodePurpose, Session, User};
use crate::enterprises::rules::credit_code::CreditCode;
use crate::error::{AppError, Code, Faults, FieldCode, Refusal};
use crate::platform::actor::{UserId, UserState};
use crate::platform::config::{Password, Security};
use crate::platform::policy::Role;
use crate::platform::types::Stamp;
use crate::platform::{mail, passwords};
use crate::say;

/// A registration whose every value was accepted, in normal form.
#[derive(Clone)]
pub struct Registration {
    pub credit_code: CreditCode,
    pub enterprise_name: String,
    pub name: String,
    pub mobile: String,
    pub email: String,
    pub notice_version: String,
}

pub fn checked_registration(body: &RegisterBody, rules: &Password) -> Result<Registration, AppError> {
    let mut faults = Faults::default();
    let credit_code = match CreditCode::parse(&body.credit_code) {
        _ if body.credit_code.trim().is_empty() => {
            faults.plain("/credit_code", FieldCode::Required);
            None
        }
        Ok(code) => Some(code),
        Err(fault) => {
            faults.push(crate::error::FieldError {
                pointer: "/credit_code".into(),
                code: fault.code().to_owned(),
                say: fault.say(),
            });
            None
        }
    };
    faults.text("/enterprise_name", &body.enterprise_name, 2, 200);
    let name = checked_name(&body.name, &mut faults);
    let mobile = checked_mobile(&body.mobile, &mut faults);
    let email = checked_email(&body.email, &mut faults);
    passwords::check(rules, "/password", &body.password, &[local_part(&email), &name], &mut faults);
    faults.text("/notice_version", &body.notice_version, 1, 50);
    if !body.consent {
        let said =
            say!("须同意个人信息处理告知方可注册", "registering needs your consent to how personal data is handled");
        faults.add("/consent", FieldCode::Required, said);
    }
    match credit_code {
        Some(credit_code) if faults.is_empty() => Ok(Registration {
            credit_code,
            enterprise_name: body.enterprise_name.trim().to_owned(),
            name,
            mobile,
            email,
            notice_version: body.notice_version.trim().to_owned(),
        }),
        _ => faults.done().and(Err(AppError::internal("a registration without credit code has a fault"))),
    }
}

/// A new password against the rules and the passwords it must not repeat (`reused`, found out by hashes).
pub fn checked_password(
    rules: &Password,
    pointer: &str,
    password: &str,
    who: (&str, &str),
    reused: bool,
) -> Result<(), AppError> {
    let (email, name) = who;
    let mut faults = Faults::default();
    passwords::check(rules, pointer, password, &[local_part(email), name], &mut faults);
    if reused {
        let n = rules.history;
        let said = say!("不能使用最近 {n} 次用过的密码", "must not be one of your last {n} passwords");
        faults.add(pointer, FieldCode::ReusedPassword, said);
    }
    faults.done()
}

pub fn checked_name(name: &str, faults: &mut Faults) -> String {
    faults.text("/name", name, 1, 100);
    if name.chars().any(char::is_control) {
        faults.plain("/name", FieldCode::Format);
    }
    name.trim().to_owned()
}

/// Lower case throughout: nobody holds two accounts by capital letters.
pub fn checked_email(email: &str, faults: &mut Faults) -> String {
    let email = normal_email(email);
    if email.is_empty() {
        faults.plain("/email", FieldCode::Required);
    } else if mail::address(&email).is_none() {
        faults.add("/email", FieldCode::Format, say!("不是有效的邮箱地址", "is no valid e-mail address"));
    }
    email
}

pub fn normal_email(email: &str) -> String {
    email.trim().to_ascii_lowercase()
}

/// What stands before the `@`.
pub fn local_part(email: &str) -> &str {
    email.split('@').next().unwrap_or_default()
}

/// Mobile numbers of mainland China: 11 digits beginning with 13 to 19.
pub fn checked_mobile(mobile: &str, faults: &mut Faults) -> String {
    let plain: String = mobile.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let number = plain.strip_prefix("+86").unwrap_or(&plain);
    let digits = number.as_bytes();
    if number.is_empty() {
        faults.plain("/mobile", FieldCode::Required);
    } else if digits.len() != 11
        || !digits.iter().all(u8::is_ascii_digit)
        || digits[0] != b'1'
        || !(b'3'..=b'9').contains(&digits[1])
    {
        let said = say!("应为 11 位中国大陆手机号码", "must be a mobile number of mainland China, 11 digits");
        faults.add("/mobile", FieldCode::Format, said);
    }
    number.to_owned()
}

/// Whether these roles go together: the three administrators exclude one another and decide no business (三员分立).
pub fn may_hold(roles: &[Role]) -> Result<(), Refusal> {
    let administrators = roles.iter().filter(|role| role.is_administrator()).count();
    match administrators {
        0 => Ok(()),
        1 if roles.len() == 1 => Ok(()),
        1 => Err(Refusal::new(
            Code::RoleConflict,
            say!("管理员不得兼任业务角色", "an administrator holds no business role beside"),
        )),
        _ => Err(Refusal::plain(Code::RoleConflict)),
    }
}

/// Who an administrator's act is about, and whether the house keeps a security administrator without them.
pub struct Target<'a> {
    pub user: &'a User,
    pub roles: &'a [Role],
    /// Active security administrators other than this one.
    pub other_security_admins: i64,
}

impl Target<'_> {
    fn not_own(&self, actor: Option<&UserId>) -> Result<(), Refusal> {
        if actor == Some(&self.user.id) { Err(Refusal::plain(Code::OwnAccount)) } else { Ok(()) }
    }

    fn not_last(&self) -> Result<(), Refusal> {
        let is_one = self.user.state == UserState::Active && self.roles.contains(&Role::SecurityAdmin);
        if is_one && self.other_security_admins == 0 { Err(Refusal::plain(Code::LastAdministrator)) } else { Ok(()) }
    }
}

/// Whether this person's roles may be changed at all; `roles` are checked by [`may_hold`].
pub fn may_be_granted(target: &Target, actor: Option<&UserId>) -> Result<(), Refusal> {
    target.not_own(actor)?;
    match target.user.state {
        UserState::Unconfirmed => Err(Refusal::plain(Code::InvalidTransition)),
        UserState::Invited | UserState::Active | UserState::Suspended => Ok(()),
    }
}

pub fn may_set_roles(target: &Target, actor: Option<&UserId>, roles: &[Role]) -> Result<(), Refusal> {
    may_be_granted(target, actor)?;
    may_hold(roles)?;
    if roles.contains(&Role::SecurityAdmin) { Ok(()) } else { target.not_last() }
}

pub fn may_suspend(target: &Target, actor: Option<&UserId>) -> Result<(), Refusal> {
    target.not_own(actor)?;
    match target.user.state {
        UserState::Invited | UserState::Active => target.not_last(),
        UserState::Unconfirmed | UserState::Suspended => Err(Refusal::plain(Code::InvalidTransition)),
    }
}

pub fn may_reinstate(target: &Target, actor: Option<&UserId>) -> Result<(), Refusal> {
    target.not_own(actor)?;
    match target.user.state {
        UserState::Suspended => Ok(()),
        _ => Err(Refusal::plain(Code::InvalidTransition)),
    }
}

/// Where a suspended person goes back to.
pub fn state_after_suspension(user: &User) -> UserState {
    if user.password_hash.is_some() { UserState::Active } else { UserState::Invited }
}

pub fn is_locked(user: &User, now: Stamp) -> bool {
    user.locked_until.is_some_and(|until| until > now)
}

/// Failed sign-ins in a row after one more, and until when that locks the account.
pub fn after_failure(failed: i32, now: Stamp, rules: &Password) -> (i32, Option<Stamp>) {
    if failed + 1 >= rules.lock_after {
        (0, Some(now.plus(Duration::minutes(rules.lock_minutes))))
    } else {
        (failed + 1, None)
    }
}

/// When a password has to be changed: staff by age, applicants never by age.
pub fn password_due(set_at: Option<Stamp>, roles: &[Role], max_age_days: i64) -> Option<Stamp> {
    let ages = max_age_days > 0 && roles.iter().any(|role| role.is_staff());
    set_at.filter(|_| ages).map(|at| at.plus(Duration::days(max_age_days)))
}

pub fn earlier(a: Option<Stamp>, b: Option<Stamp>) -> Option<Stamp> {
    a.into_iter().chain(b).min()
}

/// What a mailed code lets a person of this state do about their password; nothing while suspended or unconfirmed.
pub fn password_code_purpose(state: UserState) -> Option<CodePurpose> {
    match state {
        UserState::Active => Some(CodePurpose::ResetPassword),
        UserState::Invited => Some(CodePurpose::AcceptInvitation),
        UserState::Unconfirmed | UserState::Suspended => None,
    }
}

/// Wrong guesses a code survives.
const CODE_ATTEMPTS: i32 = 5;

pub fn is_redeemable(code: &AccountCode, now: Stamp) -> bool {
    code.expires_at > now && code.attempts < CODE_ATTEMPTS
}

pub fn is_alive(session: &Session, now: Stamp) -> bool {
    session.ended_at.is_none() && session.expires_at > now
}

/// When a session that was begun at `begun` and used at `now` ends unless it is used again: it outlives its access token by the
/// idle time of the person's roles, and nobody's session outlives its longest life.
pub fn session_end(begun: Stamp, now: Stamp, roles: &[Role], security: &Security) -> Stamp {
    let staff = roles.iter().any(|role| role.is_staff());
    let idle = if staff { security.idle_minutes_staff } else { security.idle_minutes_enterprise };
    let unused = now.plus(Duration::minutes(security.access_minutes + idle));
    unused.min(begun.plus(Duration::days(security.session_days)))
}

#[cfg(test)]
mod tests;
