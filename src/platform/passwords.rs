//! Password hashes (argon2id, RFC 9106) and the rules a new password has to keep.
//!
//! A hash costs memory and tens of milliseconds by intent, so it is computed on blocking threads, a few at a time in the whole
//! process, and never inside the door's transaction.

use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

use super::clock::random_bytes;
use super::config::Password;
use crate::error::{AppError, Faults, FieldCode};
use crate::say;

/// Longer ones would only feed the hash for nothing.
const MAX_LENGTH: usize = 128;

/// Cheap to clone; all clones share one queue.
#[derive(Clone)]
pub struct Hasher {
    params: Params,
    /// Fair: who waits longest is served next.
    turns: Arc<Semaphore>,
    wait: Duration,
    /// What is verified when nobody is known, so that a stranger costs what an account does.
    dummy: Arc<str>,
}

/// What came of comparing a password with a stored hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    pub matches: bool,
    /// The stored hash is weaker than what is configured now.
    pub outdated: bool,
}

impl Hasher {
    pub fn new(config: &Password) -> Result<Self, String> {
        let params = Params::new(config.hash_memory_kib, config.hash_iterations, 1, None)
            .map_err(|e| format!("password.hash_*: {e}"))?;
        let dummy = hash(&params, "nobody's password").map_err(|e| e.to_string())?;
        Ok(Self {
            params,
            turns: Arc::new(Semaphore::new(config.hash_parallel)),
            wait: Duration::from_millis(config.hash_wait_millis),
            dummy: dummy.into(),
        })
    }

    /// A PHC string, `$argon2id$v=19$m=..,t=..,p=1$salt$hash`.
    pub async fn hash(&self, password: &str) -> Result<String, AppError> {
        let (params, password) = (self.params.clone(), password.to_owned());
        self.in_turn(move || hash(&params, &password)).await
    }

    /// With `stored` absent the answer is no, and takes as long.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<Verdict, AppError> {
        let known = stored.is_some();
        let (params, password) = (self.params.clone(), password.to_owned());
        let stored = stored.unwrap_or(&self.dummy).to_owned();
        self.in_turn(move || {
            // Computed before it is asked whether anybody is known: a stranger takes as long.
            let matches = std::hint::black_box(matches(&password, &stored)) && known;
            Ok(Verdict { matches, outdated: matches && weaker(&stored, &params) })
        })
        .await
    }

    /// Whether the password is one of those behind `stored`. One turn per hash: a long history must not hold others up.
    pub async fn is_among(&self, password: &str, stored: &[String]) -> Result<bool, AppError> {
        for one in stored {
            if self.verify(password, Some(one)).await?.matches {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let turn = match tokio::time::timeout(self.wait, self.turns.clone().acquire_owned()).await {
            Ok(turn) => turn.map_err(AppError::busy)?,
            Err(_) => return Err(AppError::busy("no turn for a password hash within the wait limit")),
        };
        let work = move || {
            let _turn = turn; // given back when the hash is done, also when the client has gone
            work()
        };
        tokio::task::spawn_blocking(work).await.map_err(AppError::internal)?
    }
}

fn hash(params: &Params, password: &str) -> Result<String, AppError> {
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
    let hash: PasswordHash =
        argon.hash_password_with_salt(password.as_bytes(), &random_bytes::<16>()).map_err(AppError::internal)?;
    Ok(hash.to_string())
}

/// By the parameters the hash was made with; a hash that cannot be read matches nothing.
fn matches(password: &str, stored: &str) -> bool {
    Argon2::default().verify_password(password.as_bytes(), stored).is_ok()
}

fn weaker(stored: &str, wanted: &Params) -> bool {
    let Ok(hash) = PasswordHash::new(stored) else { return true };
    let Ok(made) = Params::try_from(&hash) else { return true };
    hash.algorithm != Algorithm::Argon2id.ident() || made.m_cost() < wanted.m_cost() || made.t_cost() < wanted.t_cost()
}

/// Checks a new password as far as the text tells; whether it was used before is a matter of hashes.
///
/// `own` are words an outsider would try first: the local part of the e-mail address, the name.
pub fn check(rules: &Password, pointer: &str, password: &str, own: &[&str], faults: &mut Faults) {
    let length = password.chars().count();
    if length < rules.min_length {
        let min = rules.min_length;
        faults.add(pointer, FieldCode::TooShort, say!("至少 {min} 个字符", "needs at least {min} characters"));
    }
    if length > MAX_LENGTH {
        let said = say!("最多 {MAX_LENGTH} 个字符", "takes at most {MAX_LENGTH} characters");
        faults.add(pointer, FieldCode::TooLong, said);
    }
    if classes(password) < rules.classes {
        let n = rules.classes;
        let said = say!(
            "应包含小写字母、大写字母、数字、其他字符中的至少 {n} 类",
            "needs at least {n} of: lower case, upper case, digits, others"
        );
        faults.add(pointer, FieldCode::WeakPassword, said);
    }
    let lower = password.to_lowercase();
    if own.iter().any(|word| telling(word) && lower.contains(&word.trim().to_lowercase())) {
        let said = say!("不能包含邮箱用户名或姓名", "must not contain the e-mail's local part or the name");
        faults.add(pointer, FieldCode::WeakPassword, said);
    }
}

/// Very short words occur in every password by chance.
fn telling(word: &str) -> bool {
    let word = word.trim();
    word.chars().count() >= if word.is_ascii() { 3 } else { 2 }
}

fn classes(password: &str) -> usize {
    let kinds: [fn(char) -> bool; 4] = [
        |c| c.is_lowercase(),
        |c| c.is_uppercase(),
        |c| c.is_numeric(),
        |c| !c.is_lowercase() && !c.is_uppercase() && !c.is_numeric(),
    ];
    kinds.iter().filter(|kind| password.chars().any(kind)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;
    use crate::platform::config::Config;

    fn cheap() -> Password {
        let config = Config::load(None, []).expect("defaults").password;
        Password { hash_memory_kib: 8, hash_iterations: 1, hash_wait_millis: 50, hash_parallel: 1, ..config }
    }

    #[test]
    fn a_new_password_is_told_everything_that_is_wrong_with_it() {
        let rules = cheap();
        for (password, expected) in [
            ("Laoshan-demo-2026", vec![]),
            ("密码-Abcdef-12", vec![]),
            ("Ab1-", vec!["too_short"]),
            ("abcdefghij", vec!["weak_password"]),
            ("abcdefghij1", vec!["weak_password"]),
            ("abcdefghijK1", vec![]),
            ("my-Wang.Fang-99", vec!["weak_password"]),
            ("王芳-Password-1", vec!["weak_password"]),
            ("wang.fang", vec!["too_short", "weak_password", "weak_password"]),
            (&"aB1-".repeat(33), vec!["too_long"]),
        ] {
            let mut faults = Faults::default();
            check(&rules, "/password", password, &["wang.fang", "王芳"], &mut faults);
            let found = faults.done().err().map_or(vec![], |e| e.fields);
            let codes: Vec<&str> = found.iter().map(|f| f.code.as_str()).collect();
            assert_eq!(codes, expected, "{password}");
        }
    }

    #[test]
    fn a_name_of_one_or_two_letters_bars_no_password() {
        let mut faults = Faults::default();
        check(&cheap(), "/password", "Laoshan-demo-2026", &["de", "a", ""], &mut faults);
        assert!(faults.is_empty());
    }

    #[tokio::test]
    async fn a_hash_matches_its_password_only_and_nobody_matches_nothing() {
        let hasher = Hasher::new(&cheap()).expect("parameters");
        let stored = hasher.hash("Laoshan-demo-2026").await.expect("hashes");
        assert!(stored.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{stored}");
        let right = hasher.verify("Laoshan-demo-2026", Some(&stored)).await.expect("verifies");
        assert_eq!(right, Verdict { matches: true, outdated: false });
        for (password, stored) in [
            ("laoshan-demo-2026", Some(stored.as_str())),
            ("nobody's password", None),
            ("Laoshan-demo-2026", Some("no hash")),
        ] {
            let verdict = hasher.verify(password, stored).await.expect("verifies");
            assert_eq!(verdict, Verdict { matches: false, outdated: false });
        }
    }

    #[tokio::test]
    async fn a_hash_weaker_than_configured_is_outdated() {
        let weak = Hasher::new(&cheap()).expect("parameters");
        let strong = Hasher::new(&Password { hash_iterations: 2, ..cheap() }).expect("parameters");
        let stored = weak.hash("Laoshan-demo-2026").await.expect("hashes");
        let verdict = strong.verify("Laoshan-demo-2026", Some(&stored)).await.expect("verifies");
        assert_eq!(verdict, Verdict { matches: true, outdated: true });
        let stored = strong.hash("Laoshan-demo-2026").await.expect("hashes");
        assert!(!weak.verify("Laoshan-demo-2026", Some(&stored)).await.expect("verifies").outdated);
    }

    #[tokio::test]
    async fn who_waits_too_long_for_a_turn_is_told_that_the_system_is_busy() {
        let hasher = Hasher::new(&cheap()).expect("parameters");
        let turn = hasher.turns.clone().acquire_owned().await.expect("open");
        assert_eq!(hasher.hash("x").await.unwrap_err().code, Code::Busy);
        drop(turn);
        assert!(hasher.hash("x").await.is_ok());
    }
}
