-- Accounts.
CREATE TABLE users (
    id               text      NOT NULL PRIMARY KEY,
    email            text      NOT NULL UNIQUE,
    name             text      NOT NULL,
    mobile           text,
    state            text      NOT NULL,
    password_hash    text,
    password_set_at  timestamp,
    password_due_at  timestamp,
    failed_sign_ins  integer   NOT NULL,
    locked_until     timestamp,
    lang             text      NOT NULL,
    created_at       timestamp NOT NULL,
    last_sign_in_at  timestamp,
    version          bigint    NOT NULL
);
CREATE INDEX users_state ON users (state, id);

CREATE TABLE role_grants (
    user_id    text      NOT NULL REFERENCES users (id),
    role       text      NOT NULL,
    granted_by text      NOT NULL,
    granted_at timestamp NOT NULL,
    PRIMARY KEY (user_id, role)
);
CREATE INDEX role_grants_role ON role_grants (role, user_id);

CREATE TABLE consents (
    id             text      NOT NULL PRIMARY KEY,
    user_id        text      NOT NULL REFERENCES users (id),
    notice_version text      NOT NULL,
    given_at       timestamp NOT NULL
);
CREATE INDEX consents_user ON consents (user_id, id);

CREATE TABLE password_history (
    id            text      NOT NULL PRIMARY KEY,
    user_id       text      NOT NULL REFERENCES users (id),
    password_hash text      NOT NULL,
    created_at    timestamp NOT NULL
);
CREATE INDEX password_history_user ON password_history (user_id, id);

CREATE TABLE account_codes (
    id         text      NOT NULL PRIMARY KEY,
    user_id    text      NOT NULL REFERENCES users (id),
    purpose    text      NOT NULL,
    code_hash  text      NOT NULL,
    attempts   integer   NOT NULL,
    created_at timestamp NOT NULL,
    expires_at timestamp NOT NULL,
    used_at    timestamp
);
CREATE INDEX account_codes_user ON account_codes (user_id, purpose, id);

-- What a person registers for, until their e-mail address is confirmed.
CREATE TABLE pending_registrations (
    user_id         text      NOT NULL PRIMARY KEY REFERENCES users (id),
    credit_code     text      NOT NULL,
    enterprise_name text      NOT NULL,
    created_at      timestamp NOT NULL
);

CREATE TABLE sessions (
    id           text      NOT NULL PRIMARY KEY,
    user_id      text      NOT NULL REFERENCES users (id),
    address      text      NOT NULL,
    user_agent   text      NOT NULL,
    created_at   timestamp NOT NULL,
    last_used_at timestamp NOT NULL,
    expires_at   timestamp NOT NULL,
    ended_at     timestamp,
    end_reason   text
);
CREATE INDEX sessions_user ON sessions (user_id, id);

-- One row per token of a family (a session); only the hash is kept.
CREATE TABLE refresh_tokens (
    token_hash text      NOT NULL PRIMARY KEY,
    session_id text      NOT NULL REFERENCES sessions (id),
    created_at timestamp NOT NULL,
    used_at    timestamp
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);

-- Signing and sealing keys, sealed under the master key.
CREATE TABLE key_ring (
    id         text      NOT NULL PRIMARY KEY,
    purpose    text      NOT NULL,
    algorithm  text      NOT NULL,
    public_key text      NOT NULL,
    sealed     text      NOT NULL,
    created_at timestamp NOT NULL,
    retired_at timestamp
);
CREATE INDEX key_ring_purpose ON key_ring (purpose, id);

-- Audit: one hash chain per subject, and daily signed checkpoints over the heads of all chains.
CREATE TABLE audit_events (
    id           text      NOT NULL PRIMARY KEY,
    subject_kind text      NOT NULL,
    subject_id   text      NOT NULL,
    seq          bigint    NOT NULL,
    at           timestamp NOT NULL,
    actor        text      NOT NULL,
    action       text      NOT NULL,
    from_state   text,
    to_state     text,
    reason       text,
    changes      text      NOT NULL,
    request_id   text      NOT NULL,
    prev_hash    text      NOT NULL,
    hash         text      NOT NULL,
    UNIQUE (subject_kind, subject_id, seq)
);
CREATE INDEX audit_events_actor ON audit_events (actor, id);
CREATE INDEX audit_events_action ON audit_events (action, id);
CREATE INDEX audit_events_at ON audit_events (at, id);

CREATE TABLE audit_checkpoints (
    id         text      NOT NULL PRIMARY KEY,
    number     bigint    NOT NULL UNIQUE,
    at         timestamp NOT NULL,
    document   text      NOT NULL,
    key_id     text      NOT NULL,
    signature  text      NOT NULL
);

-- Answers kept for an Idempotency-Key.
CREATE TABLE idempotency_keys (
    owner      text      NOT NULL,
    key        text      NOT NULL,
    digest     text      NOT NULL,
    answer     text      NOT NULL,
    created_at timestamp NOT NULL,
    PRIMARY KEY (owner, key)
);
CREATE INDEX idempotency_keys_created ON idempotency_keys (created_at);

-- Work that runs by the clock, and mail that waits to leave.
CREATE TABLE jobs (
    name             text      NOT NULL PRIMARY KEY,
    next_run_at      timestamp NOT NULL,
    leased_until     timestamp,
    last_started_at  timestamp,
    last_finished_at timestamp,
    last_error       text,
    runs             bigint    NOT NULL
);

CREATE TABLE mails (
    id              text      NOT NULL PRIMARY KEY,
    to_address      text      NOT NULL,
    template        text      NOT NULL,
    lang            text      NOT NULL,
    subject         text      NOT NULL,
    body            text      NOT NULL,
    state           text      NOT NULL,
    attempts        integer   NOT NULL,
    next_attempt_at timestamp NOT NULL,
    leased_until    timestamp,
    last_error      text,
    created_at      timestamp NOT NULL,
    sent_at         timestamp
);
CREATE INDEX mails_due ON mails (state, next_attempt_at);
CREATE INDEX mails_state ON mails (state, id);

-- Two-person decisions of every slice.
CREATE TABLE decisions (
    id               text      NOT NULL PRIMARY KEY,
    subject_kind     text      NOT NULL,
    subject_id       text      NOT NULL,
    action           text      NOT NULL,
    proposal         text      NOT NULL,
    state            text      NOT NULL,
    prepared_by      text      NOT NULL REFERENCES users (id),
    reason           text      NOT NULL,
    approvals_needed integer   NOT NULL,
    created_at       timestamp NOT NULL,
    decided_by       text,
    decided_at       timestamp,
    version          bigint    NOT NULL
);
CREATE INDEX decisions_state ON decisions (state, id);
CREATE INDEX decisions_subject ON decisions (subject_kind, subject_id, id);

CREATE TABLE decision_steps (
    id          text      NOT NULL PRIMARY KEY,
    decision_id text      NOT NULL REFERENCES decisions (id),
    user_id     text      NOT NULL REFERENCES users (id),
    verdict     text      NOT NULL,
    reason      text,
    at          timestamp NOT NULL,
    UNIQUE (decision_id, user_id)
);
