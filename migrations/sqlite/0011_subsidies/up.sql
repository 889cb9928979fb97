-- The yearly budget that interest subsidies are paid from; no money of the risk pool is in it.
CREATE TABLE subsidy_budgets (
    year          INTEGER   NOT NULL PRIMARY KEY,
    total_fen     BIGINT    NOT NULL,
    -- Approved and not paid yet.
    committed_fen BIGINT    NOT NULL CHECK (committed_fen >= 0),
    paid_fen      BIGINT    NOT NULL CHECK (paid_fen >= 0),
    -- Clawed back and received; goes to the treasury, not back into the budget.
    returned_fen  BIGINT    NOT NULL CHECK (returned_fen >= 0),
    updated_at    TIMESTAMP NOT NULL,
    version       BIGINT    NOT NULL,
    CHECK (committed_fen + paid_fen <= total_fen)
);

CREATE TABLE subsidy_claims (
    id                TEXT      NOT NULL PRIMARY KEY,
    enterprise_id     TEXT      NOT NULL REFERENCES enterprises (id),
    scheme_id         TEXT      NOT NULL REFERENCES loan_schemes (id),
    -- The interest year, and the year whose budget pays.
    claim_year        INTEGER   NOT NULL,
    budget_year       INTEGER   NOT NULL,
    interest_from     DATE      NOT NULL,
    -- Exclusive.
    interest_to       DATE      NOT NULL,
    window_from       DATE      NOT NULL,
    window_to         DATE      NOT NULL,
    state             TEXT      NOT NULL,
    state_since       TIMESTAMP NOT NULL,
    -- Evidence, promises, self-check and account, as the enterprise filled them in.
    form              TEXT      NOT NULL,
    -- What went into the engine and what came out, word for word.
    calculation       TEXT,
    computed_fen      BIGINT    NOT NULL,
    granted_fen       BIGINT    NOT NULL CHECK (granted_fen >= 0),
    paid_fen          BIGINT    NOT NULL CHECK (paid_fen >= 0),
    returned_fen      BIGINT    NOT NULL CHECK (returned_fen >= 0),
    filed_on          DATE,
    filed_by          TEXT,
    -- Last day for the review.
    due_on            DATE,
    due_provisional   BOOLEAN   NOT NULL,
    first_reviewer    TEXT,
    second_reviewer   TEXT,
    notice_id         TEXT      REFERENCES notices (id),
    publicity_ends_on DATE,
    reason            TEXT,
    created_by        TEXT      NOT NULL,
    created_at        TIMESTAMP NOT NULL,
    updated_at        TIMESTAMP NOT NULL,
    version           BIGINT    NOT NULL
);
CREATE INDEX subsidy_claims_enterprise ON subsidy_claims (enterprise_id, id);
CREATE INDEX subsidy_claims_year ON subsidy_claims (enterprise_id, budget_year);
CREATE INDEX subsidy_claims_state ON subsidy_claims (state, id);
CREATE INDEX subsidy_claims_publicity ON subsidy_claims (state, publicity_ends_on);

CREATE TABLE subsidy_claim_loans (
    claim_id      TEXT      NOT NULL REFERENCES subsidy_claims (id),
    loan_id       TEXT      NOT NULL REFERENCES loans (id),
    bank_id       TEXT      NOT NULL REFERENCES banks (id),
    -- 1, 2, 3.. in the order of the claim: ties of the calculation go to the earlier one.
    position      INTEGER   NOT NULL,
    interest_from DATE      NOT NULL,
    -- The claim was handed in and has not come to nothing.
    live          BOOLEAN   NOT NULL,
    -- Interest received for the days that count, as the bank confirmed it.
    receipts      TEXT,
    confirmed_by  TEXT,
    confirmed_at  TIMESTAMP,
    computed_fen  BIGINT    NOT NULL,
    granted_fen   BIGINT    NOT NULL CHECK (granted_fen >= 0),
    adjust_reason TEXT,
    PRIMARY KEY (claim_id, loan_id)
);
-- One subsidy per loan and period.
CREATE UNIQUE INDEX subsidy_claim_loans_once ON subsidy_claim_loans (loan_id, interest_from) WHERE live;
CREATE INDEX subsidy_claim_loans_bank ON subsidy_claim_loans (bank_id, claim_id);

CREATE TABLE payment_batches (
    id          TEXT      NOT NULL PRIMARY KEY,
    note        TEXT      NOT NULL,
    payments    INTEGER   NOT NULL,
    total_fen   BIGINT    NOT NULL,
    prepared_by TEXT      NOT NULL,
    created_at  TIMESTAMP NOT NULL
);

CREATE TABLE subsidy_payments (
    id            TEXT      NOT NULL PRIMARY KEY,
    batch_id      TEXT      NOT NULL REFERENCES payment_batches (id),
    claim_id      TEXT      NOT NULL REFERENCES subsidy_claims (id),
    enterprise_id TEXT      NOT NULL REFERENCES enterprises (id),
    budget_year   INTEGER   NOT NULL,
    amount_fen    BIGINT    NOT NULL CHECK (amount_fen > 0),
    payee         TEXT      NOT NULL,
    state         TEXT      NOT NULL,
    voucher_no    TEXT,
    paid_on       DATE,
    failure       TEXT,
    recorded_by   TEXT,
    created_at    TIMESTAMP NOT NULL,
    updated_at    TIMESTAMP NOT NULL,
    version       BIGINT    NOT NULL
);
-- A claim is paid once, and a voucher pays once.
CREATE UNIQUE INDEX subsidy_payments_once ON subsidy_payments (claim_id) WHERE state <> 'failed';
CREATE UNIQUE INDEX subsidy_payments_voucher ON subsidy_payments (voucher_no) WHERE voucher_no IS NOT NULL;
CREATE INDEX subsidy_payments_claim ON subsidy_payments (claim_id, id);
CREATE INDEX subsidy_payments_batch ON subsidy_payments (batch_id, id);
CREATE INDEX subsidy_payments_state ON subsidy_payments (state, id);
CREATE INDEX subsidy_payments_day ON subsidy_payments (paid_on, id);

CREATE TABLE subsidy_claw_backs (
    id           TEXT      NOT NULL PRIMARY KEY,
    claim_id     TEXT      NOT NULL REFERENCES subsidy_claims (id),
    cause        TEXT      NOT NULL,
    extent       TEXT      NOT NULL,
    since        DATE      NOT NULL,
    amount_fen   BIGINT    NOT NULL CHECK (amount_fen > 0),
    received_fen BIGINT    NOT NULL CHECK (received_fen >= 0),
    state        TEXT      NOT NULL,
    reason       TEXT      NOT NULL,
    prepared_by  TEXT      NOT NULL,
    demanded_on  DATE,
    created_at   TIMESTAMP NOT NULL,
    updated_at   TIMESTAMP NOT NULL,
    version      BIGINT    NOT NULL,
    CHECK (received_fen <= amount_fen)
);
-- One demand at a time.
CREATE UNIQUE INDEX subsidy_claw_backs_open ON subsidy_claw_backs (claim_id) WHERE state IN ('proposed', 'demanded');
CREATE INDEX subsidy_claw_backs_claim ON subsidy_claw_backs (claim_id, id);

CREATE TABLE subsidy_repayments (
    id            TEXT      NOT NULL PRIMARY KEY,
    claw_back_id  TEXT      NOT NULL REFERENCES subsidy_claw_backs (id),
    amount_fen    BIGINT    NOT NULL CHECK (amount_fen > 0),
    voucher_no    TEXT      NOT NULL UNIQUE,
    received_on   DATE      NOT NULL,
    recorded_by   TEXT      NOT NULL,
    at            TIMESTAMP NOT NULL
);
CREATE INDEX subsidy_repayments_claw_back ON subsidy_repayments (claw_back_id, id);
CREATE INDEX subsidy_repayments_day ON subsidy_repayments (received_on, id);
