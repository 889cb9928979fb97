-- Cooperating banks, filed with the finance office.
CREATE TABLE banks (
    id               text      NOT NULL PRIMARY KEY,
    name             text      NOT NULL UNIQUE,
    cnaps_code       text      NOT NULL UNIQUE,
    contact          text      NOT NULL,
    state            text      NOT NULL,
    suspended_reason text,
    filed_on         date      NOT NULL,
    created_by       text      NOT NULL,
    created_at       timestamp NOT NULL,
    updated_at       timestamp NOT NULL,
    version          bigint    NOT NULL
);
CREATE INDEX banks_state ON banks (state, id);

-- Whose clerk a person with the bank role is: of one bank at a time.
CREATE TABLE bank_users (
    user_id text      NOT NULL PRIMARY KEY REFERENCES users (id),
    bank_id text      NOT NULL REFERENCES banks (id),
    set_by  text      NOT NULL,
    set_at  timestamp NOT NULL
);
CREATE INDEX bank_users_bank ON bank_users (bank_id, user_id);

CREATE TABLE talents (
    id          text      NOT NULL PRIMARY KEY,
    name        text      NOT NULL,
    grade       text      NOT NULL,
    programme   text      NOT NULL,
    valid_to    date      NOT NULL,
    id_document text      NOT NULL,
    -- Algorithm, key and ciphertext.
    id_sealed   text      NOT NULL,
    -- Keyed digest: the same person is found again without opening anything.
    id_index    text      NOT NULL UNIQUE,
    id_masked   text      NOT NULL,
    created_by  text      NOT NULL,
    created_at  timestamp NOT NULL,
    updated_at  timestamp NOT NULL,
    version     bigint    NOT NULL
);
CREATE INDEX talents_grade ON talents (grade, id);
CREATE INDEX talents_name ON talents (name, id);

CREATE TABLE talent_employments (
    id            text      NOT NULL PRIMARY KEY,
    talent_id     text      NOT NULL REFERENCES talents (id),
    enterprise_id text      NOT NULL REFERENCES enterprises (id),
    link          text      NOT NULL,
    since         date      NOT NULL,
    until         date,
    evidence      text      NOT NULL,
    created_by    text      NOT NULL,
    created_at    timestamp NOT NULL,
    version       bigint    NOT NULL
);
CREATE INDEX talent_employments_talent ON talent_employments (talent_id, id);
CREATE INDEX talent_employments_enterprise ON talent_employments (enterprise_id, talent_id);

CREATE TABLE loan_schemes (
    id             text      NOT NULL PRIMARY KEY,
    code           text      NOT NULL,
    revision       integer   NOT NULL,
    name_zh        text      NOT NULL,
    name_en        text      NOT NULL,
    state          text      NOT NULL,
    effective_from date      NOT NULL,
    effective_to   date,
    document       text      NOT NULL,
    created_by     text      NOT NULL,
    created_at     timestamp NOT NULL,
    published_by   text,
    published_at   timestamp,
    version        bigint    NOT NULL,
    UNIQUE (code, revision)
);
CREATE INDEX loan_schemes_state ON loan_schemes (state, effective_from, id);

-- The loan prime rate as published by the National Interbank Funding Center.
CREATE TABLE lpr_rates (
    published_on date      NOT NULL,
    tenor        text      NOT NULL,
    rate_ppm     bigint    NOT NULL,
    imported_by  text      NOT NULL,
    imported_at  timestamp NOT NULL,
    PRIMARY KEY (published_on, tenor)
);
CREATE INDEX lpr_rates_tenor ON lpr_rates (tenor, published_on);

CREATE TABLE loans (
    id                text      NOT NULL PRIMARY KEY,
    bank_id           text      NOT NULL REFERENCES banks (id),
    contract_no       text      NOT NULL,
    enterprise_id     text      NOT NULL REFERENCES enterprises (id),
    talent_id         text      NOT NULL REFERENCES talents (id),
    scheme_id         text      NOT NULL REFERENCES loan_schemes (id),
    principal_fen     bigint    NOT NULL,
    -- The part of the principal within the caps of the scheme; the rest is not covered.
    covered_fen       bigint    NOT NULL,
    day_basis         text      NOT NULL,
    -- What the contract said at signing, and the loan prime rate it was held against.
    rate_ppm          bigint    NOT NULL,
    lpr_tenor         text      NOT NULL,
    lpr_ppm           bigint    NOT NULL,
    -- Only of a rate that follows the loan prime rate.
    spread_bp         bigint,
    repricing         text,
    signed_on         date      NOT NULL,
    matures_on        date      NOT NULL,
    purpose           text      NOT NULL,
    purpose_note      text,
    -- What follows from the ledger, kept for lists and sums and checked against it at every posting.
    state             text      NOT NULL,
    balance_fen       bigint    NOT NULL,
    class             text      NOT NULL,
    due_on            date      NOT NULL,
    overdue_since     date,
    first_drawdown_on date,
    last_seq          bigint    NOT NULL,
    created_by        text      NOT NULL,
    created_at        timestamp NOT NULL,
    updated_at        timestamp NOT NULL,
    version           bigint    NOT NULL
);
-- A loan cancelled for a slip of the pen may be filed again under its number.
CREATE UNIQUE INDEX loans_contract ON loans (bank_id, contract_no) WHERE state <> 'cancelled';
CREATE INDEX loans_state ON loans (state, id);
CREATE INDEX loans_class ON loans (class, id);
CREATE INDEX loans_bank ON loans (bank_id, id);
CREATE INDEX loans_bank_state ON loans (bank_id, state, id);
CREATE INDEX loans_enterprise ON loans (enterprise_id, id);
CREATE INDEX loans_talent ON loans (talent_id, id);

-- The append-only ledger of a loan; a correction is a further entry that cancels an earlier one.
CREATE TABLE loan_entries (
    id           text      NOT NULL PRIMARY KEY,
    loan_id      text      NOT NULL REFERENCES loans (id),
    -- 1, 2, 3.. per loan, without gaps.
    seq          bigint    NOT NULL,
    kind         text      NOT NULL,
    effective_on date      NOT NULL,
    amount_fen   bigint,
    rate_ppm     bigint,
    class        text,
    matures_on   date,
    reverses_id  text      UNIQUE,
    note         text,
    created_by   text      NOT NULL,
    created_at   timestamp NOT NULL,
    UNIQUE (loan_id, seq)
);
