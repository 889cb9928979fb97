use super::*;
use crate::platform::config::Config;
use crate::platform::policy::Role::*;
use crate::platform::text::Lang;

fn at(day: i64) -> Stamp {
    Stamp::new(chrono::DateTime::from_timestamp(1_790_000_000 + day * 86_400, 0).expect("a date"))
}

fn user(id: &str, state: UserState) -> User {
    User {
        id: UserId(id.into()),
        email: "li.lei@laoshan.example".into(),
        name: "李雷".into(),
        mobile: None,
        state,
        password_hash: None,
        password_set_at: None,
        password_due_at: None,
        failed_sign_ins: 0,
        locked_until: None,
        lang: Lang::Zh,
        created_at: at(0),
        last_sign_in_at: None,
        version: 1,
    }
}

#[test]
fn the_three_administrators_exclude_one_another_and_hold_no_business_role() {
    for (roles, allowed) in [
        (vec![], true),
        (vec![Officer, Approver, FundManager], true),
        (vec![Applicant, Expert], true),
        (vec![SystemAdmin], true),
        (vec![Auditor], true),
        (vec![SystemAdmin, SecurityAdmin], false),
        (vec![SecurityAdmin, Auditor], false),
        (vec![SystemAdmin, SecurityAdmin, Auditor], false),
        (vec![SystemAdmin, Officer], false),
        (vec![Applicant, Auditor], false),
    ] {
        let outcome = may_hold(&roles).map_err(|r| r.code);
        assert_eq!(outcome, if allowed { Ok(()) } else { Err(Code::RoleConflict) }, "{roles:?}");
    }
}

#[test]
fn an_administrator_acts_on_others_only_and_a_security_administrator_always_remains() {
    use UserState::*;
    let (me, other) = (UserId("me".into()), UserId("other".into()));
    for (id, state, held, others, suspend, set) in [
        (&other, Active, vec![Officer], 0, Ok(()), Ok(())),
        (&me, Active, vec![Officer], 0, Err(Code::OwnAccount), Err(Code::OwnAccount)),
        (&other, Active, vec![SecurityAdmin], 1, Ok(()), Ok(())),
        (&other, Active, vec![SecurityAdmin], 0, Err(Code::LastAdministrator), Err(Code::LastAdministrator)),
        // Who cannot sign in keeps nobody safe, so their leaving changes nothing.
        (&other, Invited, vec![SecurityAdmin], 0, Ok(()), Ok(())),
        (&other, Suspended, vec![Officer], 0, Err(Code::InvalidTransition), Ok(())),
        (&other, Unconfirmed, vec![], 0, Err(Code::InvalidTransition), Err(Code::InvalidTransition)),
    ] {
        let user = user(id.as_str(), state);
        let target = Target { user: &user, roles: &held, other_security_admins: others };
        assert_eq!(may_suspend(&target, Some(&me)).map_err(|r| r.code), suspend, "{id} {state}");
        assert_eq!(may_set_roles(&target, Some(&me), &[Officer]).map_err(|r| r.code), set, "{id} {state}");
    }
}

#[test]
fn the_last_failure_of_a_row_locks_and_starts_a_new_row() {
    let rules = Config::load(None, []).expect("defaults").password;
    let mut failed = 0;
    let mut locks = vec![];
    for _ in 0..6 {
        let (next, lock) = after_failure(failed, at(0), &rules);
        failed = next;
        locks.push(lock);
    }
    let until = at(0).plus(Duration::minutes(15));
    assert_eq!(locks, [None, None, None, None, Some(until), None]);
    assert_eq!(failed, 1);
    let locked = User { locked_until: Some(until), ..user("u", UserState::Active) };
    assert!(is_locked(&locked, at(0)) && !is_locked(&locked, until));
}

#[test]
fn passwords_of_staff_age_those_of_applicants_do_not() {
    for (roles, days, expected) in [
        (vec![Officer], 90, Some(at(90))),
        (vec![Applicant, Expert], 90, Some(at(90))),
        (vec![Auditor], 90, Some(at(90))),
        (vec![Applicant], 90, None),
        (vec![], 90, None),
        (vec![Officer], 0, None),
    ] {
        assert_eq!(password_due(Some(at(0)), &roles, days), expected, "{roles:?} {days}");
    }
    assert_eq!(password_due(None, &[Officer], 90), None);
    assert_eq!(earlier(Some(at(2)), Some(at(1))), Some(at(1)));
    assert_eq!(earlier(None, Some(at(1))), Some(at(1)));
}

#[test]
fn mobile_numbers_are_taken_in_the_spellings_people_use() {
    for (text, expected) in [
        ("13812345678", Ok("13812345678")),
        ("+86 138-1234-5678", Ok("13812345678")),
        ("12812345678", Err("format")),
        ("1381234567", Err("format")),
        ("138123456789", Err("format")),
        ("１３８１２３４５６７８", Err("format")),
        ("", Err("required")),
    ] {
        let mut faults = Faults::default();
        let number = checked_mobile(text, &mut faults);
        let fault = faults.done().err().map(|e| e.fields[0].code.clone());
        assert_eq!(fault.as_deref().map_or(Ok(number.as_str()), Err), expected, "{text}");
    }
}

#[test]
fn an_address_is_one_whatever_its_capitals() {
    let mut faults = Faults::default();
    assert_eq!(checked_email(" Li.Lei@Laoshan.Example ", &mut faults), "li.lei@laoshan.example");
    assert!(faults.is_empty());
    assert_eq!(local_part("li.lei@laoshan.example"), "li.lei");
}

#[test]
fn a_session_lives_as_long_as_it_is_used_and_never_beyond_its_longest_life() {
    let security = Config::load(None, []).expect("defaults").security;
    let at = |minutes: i64| {
        Stamp::new(chrono::DateTime::from_timestamp(1_790_000_000, 0).expect("a date")).plus(Duration::minutes(minutes))
    };
    let month = 30 * 24 * 60;
    for (roles, now, end) in [
        (vec![Role::Officer], 0, 30),
        (vec![Role::Applicant], 0, 45),
        (vec![], 0, 45),
        (vec![Role::Applicant, Role::Expert], 100, 130),
        (vec![Role::Applicant], month - 45, month),
        (vec![Role::Applicant], month - 44, month),
    ] {
        assert_eq!(session_end(at(0), at(now), &roles, &security), at(end), "{roles:?} {now}");
    }
}
