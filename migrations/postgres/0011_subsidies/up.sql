-- The yearly budget that interest subsidies are paid from; no money of the risk pool is in it.
CREATE TABLE subsidy_budgets (
    year          integer   NOT NULL PRIMARY KEY,
    total_fen     bigint    NOT NULL,
    -- Approved and not paid yet.
    committed_fen bigint    NOT NULL CHECK (committed_fen >= 0),
    paid_fen      bigint    NOT NULL CHECK (paid_fen >= 0),
    -- Clawed back and received; goes to the treasury, not back into the budget.
    returned_fen  bigint    NOT NULL CHECK (returned_fen >= 0),
    updated_at    timestamp NOT NULL,
    version       bigint    NOT NULL,
    CHECK (committed_fen + paid_fen <= total_fen)
);

CREATE TABLE subsidy_claims (
    id                text      NOT NULL PRIMARY KEY,
    enterprise_id     text      NOT NULL REFERENCES enterprises (id),
    scheme_id         text      NOT NULL REFERENCES loan_schemes (id),
    -- The interest year, and the year whose budget pays.
    claim_year        integer   NOT NULL,
    budget_year       integer   NOT NULL,
    interest_from     date      NOT NULL,
    -- Exclusive.
    interest_to       date      NOT NULL,
    window_from       date      NOT NULL,
    window_to         date      NOT NULL,
    state             text      NOT NULL,
    state_since       timestamp NOT NULL,
    -- Evidence, promises, self-check and account, as the enterprise filled them in.
    form              text      NOT NULL,
    -- What went into the engine and what came out, word for word.
    calculation       text,
    computed_fen      bigint    NOT NULL,
    granted_fen       bigint    NOT NULL CHECK (granted_fen >= 0),
    paid_fen          bigint    NOT NULL CHECK (paid_fen >= 0),
    returned_fen      bigint    NOT NULL CHECK (returned_fen >= 0),
    filed_on          date,
    filed_by          text,
    -- Last day for the review.
    due_on            date,
    due_provisional   boolean   NOT NULL,
    first_reviewer    text,
    second_reviewer   text,
    notice_id         text      REFERENCES notices (id),
    publicity_ends_on date,
    reason            text,
    created_by        text      NOT NULL,
    created_at        timestamp NOT NULL,
    updated_at        timestamp NOT NULL,
    version           bigint    NOT NULL
);
CREATE INDEX subsidy_claims_enterprise ON subsidy_claims (enterprise_id, id);
CREATE INDEX subsidy_claims_year ON subsidy_claims (enterprise_id, budget_year);
CREATE INDEX subsidy_claims_state ON subsidy_claims (state, id);
CREATE INDEX subsidy_claims_publicity ON subsidy_claims (state, publicity_ends_on);

CREATE TABLE subsidy_claim_loans (
    claim_id      text      NOT NULL REFERENCES subsidy_claims (id),
    loan_id       text      NOT NULL REFERENCES loans (id),
    bank_id       text      NOT NULL REFERENCES banks (id),
    -- 1, 2, 3.. in the order of the claim: ties of the calculation go to the earlier one.
    position      integer   NOT NULL,
    interest_from date      NOT NULL,
    -- The claim was handed in and has not come to nothing.
    live          boolean   NOT NULL,
    -- Interest received for the days that count, as the bank confirmed it.
    receipts      text,
    confirmed_by  text,
    confirmed_at  timestamp,
    computed_fen  bigint    NOT NULL,
    granted_fen   bigint    NOT NULL CHECK (granted_fen >= 0),
    adjust_reason text,
    PRIMARY KEY (claim_id, loan_id)
);
-- One subsidy per loan and period.
CREATE UNIQUE INDEX subsidy_claim_loans_once ON subsidy_claim_loans (loan_id, interest_from) WHERE live;
CREATE INDEX subsidy_claim_loans_bank ON subsidy_claim_loans (bank_id, claim_id);

CREATE TABLE payment_batches (
    id          text      NOT NULL PRIMARY KEY,
    note        text      NOT NULL,
    payments    integer   NOT NULL,
    total_fen   bigint    NOT NULL,
    prepared_by text      NOT NULL,
    created_at  timestamp NOT NULL
);

CREATE TABLE subsidy_payments (
    id            text      NOT NULL PRIMARY KEY,
    batch_id      text      NOT NULL REFERENCES payment_batches (id),
    claim_id      text      NOT NULL REFERENCES subsidy_claims (id),
    enterprise_id text      NOT NULL REFERENCES enterprises (id),
    budget_year   integer   NOT NULL,
    amount_fen    bigint    NOT NULL CHECK (amount_fen > 0),
    payee         text      NOT NULL,
    state         text      NOT NULL,
    voucher_no    text,
    paid_on       date,
    failure       text,
    recorded_by   text,
    created_at    timestamp NOT NULL,
    updated_at    timestamp NOT NULL,
    version       bigint    NOT NULL
);
-- A claim is paid once, and a voucher pays once.
CREATE UNIQUE INDEX subsidy_payments_once ON subsidy_payments (claim_id) WHERE state <> 'failed';
CREATE UNIQUE INDEX subsidy_payments_voucher ON subsidy_payments (voucher_no) WHERE voucher_no IS NOT NULL;
CREATE INDEX subsidy_payments_claim ON subsidy_payments (claim_id, id);
CREATE INDEX subsidy_payments_batch ON subsidy_payments (batch_id, id);
CREATE INDEX subsidy_payments_state ON subsidy_payments (state, id);
CREATE INDEX subsidy_payments_day ON subsidy_payments (paid_on, id);

CREATE TABLE subsidy_claw_backs (
    id           text      NOT NULL PRIMARY KEY,
    claim_id     text      NOT NULL REFERENCES subsidy_claims (id),
    cause        text      NOT NULL,
    extent       text      NOT NULL,
    since        date      NOT NULL,
    amount_fen   bigint    NOT NULL CHECK (amount_fen > 0),
    received_fen bigint    NOT NULL CHECK (received_fen >= 0),
    state        text      NOT NULL,
    reason       text      NOT NULL,
    prepared_by  text      NOT NULL,
    demanded_on  date,
    created_at   timestamp NOT NULL,
    updated_at   timestamp NOT NULL,
    version      bigint    NOT NULL,
    CHECK (received_fen <= amount_fen)
);
-- One demand at a time.
CREATE UNIQUE INDEX subsidy_claw_backs_open ON subsidy_claw_backs (claim_id) WHERE state IN ('proposed', 'demanded');
CREATE INDEX subsidy_claw_backs_claim ON subsidy_claw_backs (claim_id, id);

CREATE TABLE subsidy_repayments (
    id            text      NOT NULL PRIMARY KEY,
    claw_back_id  text      NOT NULL REFERENCES subsidy_claw_backs (id),
    amount_fen    bigint    NOT NULL CHECK (amount_fen > 0),
    voucher_no    text      NOT NULL UNIQUE,
    received_on   date      NOT NULL,
    recorded_by   text      NOT NULL,
    at            timestamp NOT NULL
);
CREATE INDEX subsidy_repayments_claw_back ON subsidy_repayments (claw_back_id, id);
CREATE INDEX subsidy_repayments_day ON subsidy_repayments (received_on, id);
