-- Accounts.
CREATE TABLE users (
    id               TEXT      NOT NULL PRIMARY KEY,
    email            TEXT      NOT NULL UNIQUE,
    name             TEXT      NOT NULL,
    mobile           TEXT,
    state            TEXT      NOT NULL,
    password_hash    TEXT,
    password_set_at  TIMESTAMP,
    password_due_at  TIMESTAMP,
    failed_sign_ins  INTEGER   NOT NULL,
    locked_until     TIMESTAMP,
    lang             TEXT      NOT NULL,
    created_at       TIMESTAMP NOT NULL,
    last_sign_in_at  TIMESTAMP,
    version          BIGINT    NOT NULL
);
CREATE INDEX users_state ON users (state, id);

CREATE TABLE role_grants (
    user_id    TEXT      NOT NULL REFERENCES users (id),
    role       TEXT      NOT NULL,
    granted_by TEXT      NOT NULL,
    granted_at TIMESTAMP NOT NULL,
    PRIMARY KEY (user_id, role)
);
CREATE INDEX role_grants_role ON role_grants (role, user_id);

CREATE TABLE consents (
    id             TEXT      NOT NULL PRIMARY KEY,
    user_id        TEXT      NOT NULL REFERENCES users (id),
    notice_version TEXT      NOT NULL,
    given_at       TIMESTAMP NOT NULL
);
CREATE INDEX consents_user ON consents (user_id, id);

CREATE TABLE password_history (
    id            TEXT      NOT NULL PRIMARY KEY,
    user_id       TEXT      NOT NULL REFERENCES users (id),
    password_hash TEXT      NOT NULL,
    created_at    TIMESTAMP NOT NULL
);
CREATE INDEX password_history_user ON password_history (user_id, id);

CREATE TABLE account_codes (
    id         TEXT      NOT NULL PRIMARY KEY,
    user_id    TEXT      NOT NULL REFERENCES users (id),
    purpose    TEXT      NOT NULL,
    code_hash  TEXT      NOT NULL,
    attempts   INTEGER   NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at    TIMESTAMP
);
CREATE INDEX account_codes_user ON account_codes (user_id, purpose, id);

-- What a person registers for, until their e-mail address is confirmed.
CREATE TABLE pending_registrations (
    user_id         TEXT      NOT NULL PRIMARY KEY REFERENCES users (id),
    credit_code     TEXT      NOT NULL,
    enterprise_name TEXT      NOT NULL,
    created_at      TIMESTAMP NOT NULL
);

CREATE TABLE sessions (
    id           TEXT      NOT NULL PRIMARY KEY,
    user_id      TEXT      NOT NULL REFERENCES users (id),
    address      TEXT      NOT NULL,
    user_agent   TEXT      NOT NULL,
    created_at   TIMESTAMP NOT NULL,
    last_used_at TIMESTAMP NOT NULL,
    expires_at   TIMESTAMP NOT NULL,
    ended_at     TIMESTAMP,
    end_reason   TEXT
);
CREATE INDEX sessions_user ON sessions (user_id, id);

-- One row per token of a family (a session); only the hash is kept.
CREATE TABLE refresh_tokens (
    token_hash TEXT      NOT NULL PRIMARY KEY,
    session_id TEXT      NOT NULL REFERENCES sessions (id),
    created_at TIMESTAMP NOT NULL,
    used_at    TIMESTAMP
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);

-- Signing and sealing keys, sealed under the master key.
CREATE TABLE key_ring (
    id         TEXT      NOT NULL PRIMARY KEY,
    purpose    TEXT      NOT NULL,
    algorithm  TEXT      NOT NULL,
    public_key TEXT      NOT NULL,
    sealed     TEXT      NOT NULL,
    created_at TIMESTAMP NOT NULL,
    retired_at TIMESTAMP
);
CREATE INDEX key_ring_purpose ON key_ring (purpose, id);

-- Audit: one hash chain per subject, and daily signed checkpoints over the heads of all chains.
CREATE TABLE audit_events (
    id           TEXT      NOT NULL PRIMARY KEY,
    subject_kind TEXT      NOT NULL,
    subject_id   TEXT      NOT NULL,
    seq          BIGINT    NOT NULL,
    at           TIMESTAMP NOT NULL,
    actor        TEXT      NOT NULL,
    action       TEXT      NOT NULL,
    from_state   TEXT,
    to_state     TEXT,
    reason       TEXT,
    changes      TEXT      NOT NULL,
    request_id   TEXT      NOT NULL,
    prev_hash    TEXT      NOT NULL,
    hash         TEXT      NOT NULL,
    UNIQUE (subject_kind, subject_id, seq)
);
CREATE INDEX audit_events_actor ON audit_events (actor, id);
CREATE INDEX audit_events_action ON audit_events (action, id);
CREATE INDEX audit_events_at ON audit_events (at, id);

CREATE TABLE audit_checkpoints (
    id         TEXT      NOT NULL PRIMARY KEY,
    number     BIGINT    NOT NULL UNIQUE,
    at         TIMESTAMP NOT NULL,
    document   TEXT      NOT NULL,
    key_id     TEXT      NOT NULL,
    signature  TEXT      NOT NULL
);

-- Answers kept for an Idempotency-Key.
CREATE TABLE idempotency_keys (
    owner      TEXT      NOT NULL,
    key        TEXT      NOT NULL,
    digest     TEXT      NOT NULL,
    answer     TEXT      NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (owner, key)
);
CREATE INDEX idempotency_keys_created ON idempotency_keys (created_at);

-- Work that runs by the clock, and mail that waits to leave.
CREATE TABLE jobs (
    name             TEXT      NOT NULL PRIMARY KEY,
    next_run_at      TIMESTAMP NOT NULL,
    leased_until     TIMESTAMP,
    last_started_at  TIMESTAMP,
    last_finished_at TIMESTAMP,
    last_error       TEXT,
    runs             BIGINT    NOT NULL
);

CREATE TABLE mails (
    id              TEXT      NOT NULL PRIMARY KEY,
    to_address      TEXT      NOT NULL,
    template        TEXT      NOT NULL,
    lang            TEXT      NOT NULL,
    subject         TEXT      NOT NULL,
    body            TEXT      NOT NULL,
    state           TEXT      NOT NULL,
    attempts        INTEGER   NOT NULL,
    next_attempt_at TIMESTAMP NOT NULL,
    leased_until    TIMESTAMP,
    last_error      TEXT,
    created_at      TIMESTAMP NOT NULL,
    sent_at         TIMESTAMP
);
CREATE INDEX mails_due ON mails (state, next_attempt_at);
CREATE INDEX mails_state ON mails (state, id);

-- Two-person decisions of every slice.
CREATE TABLE decisions (
    id               TEXT      NOT NULL PRIMARY KEY,
    subject_kind     TEXT      NOT NULL,
    subject_id       TEXT      NOT NULL,
    action           TEXT      NOT NULL,
    proposal         TEXT      NOT NULL,
    state            TEXT      NOT NULL,
    prepared_by      TEXT      NOT NULL REFERENCES users (id),
    reason           TEXT      NOT NULL,
    approvals_needed INTEGER   NOT NULL,
    created_at       TIMESTAMP NOT NULL,
    decided_by       TEXT,
    decided_at       TIMESTAMP,
    version          BIGINT    NOT NULL
);
CREATE INDEX decisions_state ON decisions (state, id);
CREATE INDEX decisions_subject ON decisions (subject_kind, subject_id, id);

CREATE TABLE decision_steps (
    id          TEXT      NOT NULL PRIMARY KEY,
    decision_id TEXT      NOT NULL REFERENCES decisions (id),
    user_id     TEXT      NOT NULL REFERENCES users (id),
    verdict     TEXT      NOT NULL,
    reason      TEXT,
    at          TIMESTAMP NOT NULL,
    UNIQUE (decision_id, user_id)
);
