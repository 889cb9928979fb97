//! The tables, as the migrations of both databases make them (a test compares the three).
//!
//! Written by `scripts/schema.py`; run it after adding a migration.

diesel::table! {
    users (id) {
        id -> Text,
        email -> Text,
        name -> Text,
        mobile -> Nullable<Text>,
        state -> Text,
        password_hash -> Nullable<Text>,
        password_set_at -> Nullable<Timestamp>,
        password_due_at -> Nullable<Timestamp>,
        failed_sign_ins -> Integer,
        locked_until -> Nullable<Timestamp>,
        lang -> Text,
        created_at -> Timestamp,
        last_sign_in_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    role_grants (user_id, role) {
        user_id -> Text,
        role -> Text,
        granted_by -> Text,
        granted_at -> Timestamp,
    }
}

diesel::table! {
    consents (id) {
        id -> Text,
        user_id -> Text,
        notice_version -> Text,
        given_at -> Timestamp,
    }
}

diesel::table! {
    password_history (id) {
        id -> Text,
        user_id -> Text,
        password_hash -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    account_codes (id) {
        id -> Text,
        user_id -> Text,
        purpose -> Text,
        code_hash -> Text,
        attempts -> Integer,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        user_id -> Text,
        address -> Text,
        user_agent -> Text,
        created_at -> Timestamp,
        last_used_at -> Timestamp,
        expires_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        end_reason -> Nullable<Text>,
    }
}

diesel::table! {
    refresh_tokens (token_hash) {
        token_hash -> Text,
        session_id -> Text,
        created_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    key_ring (id) {
        id -> Text,
        purpose -> Text,
        algorithm -> Text,
        public_key -> Text,
        sealed -> Text,
        created_at -> Timestamp,
        retired_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    audit_events (id) {
        id -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        seq -> BigInt,
        at -> Timestamp,
        actor -> Text,
        action -> Text,
        from_state -> Nullable<Text>,
        to_state -> Nullable<Text>,
        reason -> Nullable<Text>,
        changes -> Text,
        request_id -> Text,
        prev_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    audit_checkpoints (id) {
        id -> Text,
        number -> BigInt,
        at -> Timestamp,
        document -> Text,
        key_id -> Text,
        signature -> Text,
    }
}

diesel::table! {
    idempotency_keys (owner, key) {
        owner -> Text,
        key -> Text,
        digest -> Text,
        answer -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    jobs (name) {
        name -> Text,
        next_run_at -> Timestamp,
        leased_until -> Nullable<Timestamp>,
        last_started_at -> Nullable<Timestamp>,
        last_finished_at -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
        runs -> BigInt,
    }
}

diesel::table! {
    mails (id) {
        id -> Text,
        to_address -> Text,
        template -> Text,
        lang -> Text,
        subject -> Text,
        body -> Text,
        state -> Text,
        attempts -> Integer,
        next_attempt_at -> Timestamp,
        leased_until -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
        created_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    decisions (id) {
        id -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        action -> Text,
        proposal -> Text,
        state -> Text,
        prepared_by -> Text,
        reason -> Text,
        approvals_needed -> Integer,
        created_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    decision_steps (id) {
        id -> Text,
        decision_id -> Text,
        user_id -> Text,
        verdict -> Text,
        reason -> Nullable<Text>,
        at -> Timestamp,
    }
}

diesel::joinable!(role_grants -> users (user_id));
diesel::joinable!(consents -> users (user_id));
diesel::joinable!(password_history -> users (user_id));
diesel::joinable!(account_codes -> users (user_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(refresh_tokens -> sessions (session_id));
diesel::joinable!(decisions -> users (prepared_by));
diesel::joinable!(decision_steps -> decisions (decision_id));
diesel::joinable!(decision_steps -> users (user_id));

diesel::allow_tables_to_appear_in_same_query!(
    users,
    role_grants,
    consents,
    password_history,
    account_codes,
    sessions,
    refresh_tokens,
    key_ring,
    audit_events,
    audit_checkpoints,
    idempotency_keys,
    jobs,
    mails,
    decisions,
    decision_steps,
);
