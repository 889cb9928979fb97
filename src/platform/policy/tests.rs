use super::*;

#[test]
fn names_are_unique_and_noun_dot_verb() {
    let mut seen = std::collections::BTreeSet::new();
    for action in Action::ALL {
        assert!(action.as_str().split('.').count() == 2 && seen.insert(action.as_str()), "{}", action.as_str());
    }
}

#[test]
fn administrators_decide_no_business() {
    for name in [
        "application.",
        "round.",
        "decision.",
        "membership.",
        "support_",
        "enterprise.",
        "review.",
        "panel.",
        "score.",
        "objection.a",
        "objection.i",
        "objection.r",
        "talent.",
        "loan",
        "pool",
        "compensation.",
        "subsidy",
        "payment_batch.",
        "claw_back.",
    ] {
        for action in Action::ALL.iter().filter(|a| a.as_str().starts_with(name)) {
            assert!(action.scope(&Role::ADMINISTRATORS).is_empty(), "{}", action.as_str());
        }
    }
}

#[test]
fn ones_own_account_needs_no_role() {
    for (action, own) in [(Action::MeView, true), (Action::PasswordChange, true), (Action::ApplicationList, false)] {
        assert_eq!(action.scope_signed_in(&[]).own, own, "{}", action.as_str());
        assert!(action.scope(&[]).is_empty());
    }
}

#[test]
fn roles_add_up() {
    let scope = Action::EnterpriseList.scope(&[Role::Applicant, Role::Officer]);
    assert!(scope.own && scope.all && !scope.org);
    assert!(Action::RoundCreate.scope(&[Role::Applicant, Role::Approver]).is_empty());
}
