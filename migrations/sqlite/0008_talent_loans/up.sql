-- Cooperating banks, filed with the finance office.
CREATE TABLE banks (
    id               TEXT      NOT NULL PRIMARY KEY,
    name             TEXT      NOT NULL UNIQUE,
    cnaps_code       TEXT      NOT NULL UNIQUE,
    contact          TEXT      NOT NULL,
    state            TEXT      NOT NULL,
    suspended_reason TEXT,
    filed_on         DATE      NOT NULL,
    created_by       TEXT      NOT NULL,
    created_at       TIMESTAMP NOT NULL,
    updated_at       TIMESTAMP NOT NULL,
    version          BIGINT    NOT NULL
);
CREATE INDEX banks_state ON banks (state, id);

-- Whose clerk a person with the bank role is: of one bank at a time.
CREATE TABLE bank_users (
    user_id TEXT      NOT NULL PRIMARY KEY REFERENCES users (id),
    bank_id TEXT      NOT NULL REFERENCES banks (id),
    set_by  TEXT      NOT NULL,
    set_at  TIMESTAMP NOT NULL
);
CREATE INDEX bank_users_bank ON bank_users (bank_id, user_id);

CREATE TABLE talents (
    id          TEXT      NOT NULL PRIMARY KEY,
    name        TEXT      NOT NULL,
    grade       TEXT      NOT NULL,
    programme   TEXT      NOT NULL,
    valid_to    DATE      NOT NULL,
    id_document TEXT      NOT NULL,
    -- Algorithm, key and ciphertext.
    id_sealed   TEXT      NOT NULL,
    -- Keyed digest: the same person is found again without opening anything.
    id_index    TEXT      NOT NULL UNIQUE,
    id_masked   TEXT      NOT NULL,
    created_by  TEXT      NOT NULL,
    created_at  TIMESTAMP NOT NULL,
    updated_at  TIMESTAMP NOT NULL,
    version     BIGINT    NOT NULL
);
CREATE INDEX talents_grade ON talents (grade, id);
CREATE INDEX talents_name ON talents (name, id);

CREATE TABLE talent_employments (
    id            TEXT      NOT NULL PRIMARY KEY,
    talent_id     TEXT      NOT NULL REFERENCES talents (id),
    enterprise_id TEXT      NOT NULL REFERENCES enterprises (id),
    link          TEXT      NOT NULL,
    since         DATE      NOT NULL,
    until         DATE,
    evidence      TEXT      NOT NULL,
    created_by    TEXT      NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    version       BIGINT    NOT NULL
);
CREATE INDEX talent_employments_talent ON talent_employments (talent_id, id);
CREATE INDEX talent_employments_enterprise ON talent_employments (enterprise_id, talent_id);

CREATE TABLE loan_schemes (
    id             TEXT      NOT NULL PRIMARY KEY,
    code           TEXT      NOT NULL,
    revision       INTEGER   NOT NULL,
    name_zh        TEXT      NOT NULL,
    name_en        TEXT      NOT NULL,
    state          TEXT      NOT NULL,
    effective_from DATE      NOT NULL,
    effective_to   DATE,
    document       TEXT      NOT NULL,
    created_by     TEXT      NOT NULL,
    created_at     TIMESTAMP NOT NULL,
    published_by   TEXT,
    published_at   TIMESTAMP,
    version        BIGINT    NOT NULL,
    UNIQUE (code, revision)
);
CREATE INDEX loan_schemes_state ON loan_schemes (state, effective_from, id);

-- The loan prime rate as published by the National Interbank Funding Center.
CREATE TABLE lpr_rates (
    published_on DATE      NOT NULL,
    tenor        TEXT      NOT NULL,
    rate_ppm     BIGINT    NOT NULL,
    imported_by  TEXT      NOT NULL,
    imported_at  TIMESTAMP NOT NULL,
    PRIMARY KEY (published_on, tenor)
);
CREATE INDEX lpr_rates_tenor ON lpr_rates (tenor, published_on);

CREATE TABLE loans (
    id                TEXT      NOT NULL PRIMARY KEY,
    bank_id           TEXT      NOT NULL REFERENCES banks (id),
    contract_no       TEXT      NOT NULL,
    enterprise_id     TEXT      NOT NULL REFERENCES enterprises (id),
    talent_id         TEXT      NOT NULL REFERENCES talents (id),
    scheme_id         TEXT      NOT NULL REFERENCES loan_schemes (id),
    principal_fen     BIGINT    NOT NULL,
    -- The part of the principal within the caps of the scheme; the rest is not covered.
    covered_fen       BIGINT    NOT NULL,
    day_basis         TEXT      NOT NULL,
    -- What the contract said at signing, and the loan prime rate it was held against.
    rate_ppm          BIGINT    NOT NULL,
    lpr_tenor         TEXT      NOT NULL,
    lpr_ppm           BIGINT    NOT NULL,
    -- Only of a rate that follows the loan prime rate.
    spread_bp         BIGINT,
    repricing         TEXT,
    signed_on         DATE      NOT NULL,
    matures_on        DATE      NOT NULL,
    purpose           TEXT      NOT NULL,
    purpose_note      TEXT,
    -- What follows from the ledger, kept for lists and sums and checked against it at every posting.
    state             TEXT      NOT NULL,
    balance_fen       BIGINT    NOT NULL,
    class             TEXT      NOT NULL,
    due_on            DATE      NOT NULL,
    overdue_since     DATE,
    first_drawdown_on DATE,
    last_seq          BIGINT    NOT NULL,
    created_by        TEXT      NOT NULL,
    created_at        TIMESTAMP NOT NULL,
    updated_at        TIMESTAMP NOT NULL,
    version           BIGINT    NOT NULL
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
    id           TEXT      NOT NULL PRIMARY KEY,
    loan_id      TEXT      NOT NULL REFERENCES loans (id),
    -- 1, 2, 3.. per loan, without gaps.
    seq          BIGINT    NOT NULL,
    kind         TEXT      NOT NULL,
    effective_on DATE      NOT NULL,
    amount_fen   BIGINT,
    rate_ppm     BIGINT,
    class        TEXT,
    matures_on   DATE,
    reverses_id  TEXT      UNIQUE,
    note         TEXT,
    created_by   TEXT      NOT NULL,
    created_at   TIMESTAMP NOT NULL,
    UNIQUE (loan_id, seq)
);
