//! Codes that are mailed: short, keyed, good for one use, a few guesses and a limited time.

use chrono::Duration;
use subtle::ConstantTimeEq;

use crate::accounts::model::{AccountCode, CodePurpose};
use crate::accounts::{db, rules};
use crate::error::AppError;
use crate::platform::actor::UserId;
use crate::platform::clock::random_bytes;
use crate::platform::door::Cx;
use crate::platform::keys::KeyRing;

/// Enough for a person whose mail is slow; too few to guess by asking again, or to fill somebody's mailbox.
const PER_HOUR: i64 = 5;

/// The codes a request may need, made before the door is entered.
#[derive(Clone)]
pub struct Fresh {
    /// Eight digits, to be typed within minutes.
    digits: String,
    /// Twenty hexadecimal digits, good for days.
    long: String,
}

impl Fresh {
    pub fn make() -> Self {
        let number = u64::from_be_bytes(random_bytes::<8>()) % 100_000_000;
        Self { digits: format!("{number:08}"), long: hex::encode(random_bytes::<10>()) }
    }

    pub fn of(&self, purpose: CodePurpose) -> &str {
        match purpose {
            CodePurpose::ConfirmEmail | CodePurpose::ResetPassword => &self.digits,
            CodePurpose::AcceptInvitation => &self.long,
        }
    }
}

/// Makes `code` the one that counts. False when the person was given too many lately; then nothing changes.
pub fn issue(
    cx: &mut Cx,
    keys: &KeyRing,
    user: &UserId,
    purpose: CodePurpose,
    code: &Fresh,
    life: Duration,
) -> Result<bool, AppError> {
    let hour_ago = cx.now.minus(Duration::hours(1));
    if db::codes::count_codes_since(cx.conn, user, purpose, hour_ago)? >= PER_HOUR {
        return Ok(false);
    }
    db::codes::close_codes(cx.conn, user, purpose, cx.now)?;
    let row = AccountCode {
        id: cx.id(),
        user_id: user.clone(),
        purpose,
        code_hash: digest(keys, user, purpose, code.of(purpose))?,
        attempts: 0,
        created_at: cx.now,
        expires_at: cx.now.plus(life),
        used_at: None,
    };
    db::codes::insert_code(cx.conn, &row)?;
    Ok(true)
}

/// Whether the code is right, without using it up or counting a guess.
pub fn is_right(
    cx: &mut Cx,
    keys: &KeyRing,
    user: &UserId,
    purpose: CodePurpose,
    given: &str,
) -> Result<bool, AppError> {
    let open = db::codes::find_open_code(cx.conn, user, purpose)?;
    let Some(open) = open.filter(|code| rules::is_redeemable(code, cx.now)) else { return Ok(false) };
    let given = digest(keys, user, purpose, given)?;
    Ok(open.code_hash.as_bytes().ct_eq(given.as_bytes()).into())
}

/// Uses the code up, or counts the guess.
pub fn redeem(cx: &mut Cx, keys: &KeyRing, user: &UserId, purpose: CodePurpose, given: &str) -> Result<bool, AppError> {
    if is_right(cx, keys, user, purpose, given)? {
        db::codes::close_codes(cx.conn, user, purpose, cx.now)?;
        return Ok(true);
    }
    if let Some(open) = db::codes::find_open_code(cx.conn, user, purpose)? {
        db::codes::update_code_attempts(cx.conn, &open.id, open.attempts.saturating_add(1))?;
    }
    Ok(false)
}

fn digest(keys: &KeyRing, user: &UserId, purpose: CodePurpose, code: &str) -> Result<String, AppError> {
    // As people type them: with spaces, in capitals.
    let code: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    keys.digest("code", &format!("{user}\0{purpose}\0{}", code.to_ascii_lowercase()))
}
