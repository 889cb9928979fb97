-- The chart of accounts: fixed by the program, told here so that the ledger reads without it.
CREATE TABLE pool_accounts (
    code  TEXT NOT NULL PRIMARY KEY,
    class TEXT NOT NULL,
    level TEXT
);

INSERT INTO pool_accounts (code, class, level) VALUES
    ('available', 'money', NULL),
    ('committed', 'money', NULL),
    ('source.province', 'source', 'province'),
    ('source.city', 'source', 'city'),
    ('source.district', 'source', 'district'),
    ('payouts.province', 'use', 'province'),
    ('payouts.city', 'use', 'city'),
    ('payouts.district', 'use', 'district'),
    ('recoveries.province', 'source', 'province'),
    ('recoveries.city', 'source', 'city'),
    ('recoveries.district', 'source', 'district'),
    ('refunds.province', 'use', 'province'),
    ('refunds.city', 'use', 'city'),
    ('refunds.district', 'use', 'district'),
    ('interest', 'source', NULL),
    ('adjustments', 'correction', NULL);

CREATE TABLE pool_transactions (
    id           TEXT      NOT NULL PRIMARY KEY,
    kind         TEXT      NOT NULL,
    at           TIMESTAMP NOT NULL,
    booked_on    DATE      NOT NULL,
    amount_fen   BIGINT    NOT NULL CHECK (amount_fen > 0),
    reason       TEXT      NOT NULL,
    voucher_no   TEXT,
    subject_kind TEXT      NOT NULL,
    subject_id   TEXT      NOT NULL,
    made_by      TEXT      NOT NULL,
    decision_id  TEXT      REFERENCES decisions (id)
);
-- A voucher pays once.
CREATE UNIQUE INDEX pool_transactions_voucher ON pool_transactions (kind, voucher_no) WHERE voucher_no IS NOT NULL;
CREATE INDEX pool_transactions_kind ON pool_transactions (kind, id);
CREATE INDEX pool_transactions_subject ON pool_transactions (subject_kind, subject_id, id);

-- Signed fen: money comes into an account as plus and leaves it as minus; a transaction's postings sum to zero.
CREATE TABLE pool_postings (
    transaction_id TEXT    NOT NULL REFERENCES pool_transactions (id),
    line           INTEGER NOT NULL,
    account        TEXT    NOT NULL REFERENCES pool_accounts (code),
    amount_fen     BIGINT  NOT NULL CHECK (amount_fen <> 0),
    PRIMARY KEY (transaction_id, line)
);
CREATE INDEX pool_postings_account ON pool_postings (account, transaction_id);

CREATE TRIGGER pool_transactions_stay BEFORE UPDATE ON pool_transactions
BEGIN SELECT RAISE(ABORT, 'the pool ledger is append-only'); END;
CREATE TRIGGER pool_transactions_remain BEFORE DELETE ON pool_transactions
BEGIN SELECT RAISE(ABORT, 'the pool ledger is append-only'); END;
CREATE TRIGGER pool_postings_stay BEFORE UPDATE ON pool_postings
BEGIN SELECT RAISE(ABORT, 'the pool ledger is append-only'); END;
CREATE TRIGGER pool_postings_remain BEFORE DELETE ON pool_postings
BEGIN SELECT RAISE(ABORT, 'the pool ledger is append-only'); END;

-- Sums of the postings, kept beside them in the same transaction. The last line of defence against a pool below zero.
CREATE TABLE pool_balances (
    account     TEXT   NOT NULL PRIMARY KEY REFERENCES pool_accounts (code),
    balance_fen BIGINT NOT NULL,
    CHECK (account NOT IN ('available', 'committed') OR balance_fen >= 0)
);

INSERT INTO pool_balances (account, balance_fen) SELECT code, 0 FROM pool_accounts;

-- The figures of the loan that a claim stands on are kept as they were when it was last handed in.
CREATE TABLE compensation_claims (
    id                      TEXT      NOT NULL PRIMARY KEY,
    bank_id                 TEXT      NOT NULL REFERENCES banks (id),
    loan_id                 TEXT      NOT NULL REFERENCES loans (id),
    enterprise_id           TEXT      NOT NULL REFERENCES enterprises (id),
    talent_id               TEXT      NOT NULL REFERENCES talents (id),
    state                   TEXT      NOT NULL,
    principal_loss_fen      BIGINT    NOT NULL,
    covered_fen             BIGINT    NOT NULL,
    ratio_ppm               BIGINT    NOT NULL,
    overdue_days            INTEGER   NOT NULL,
    class                   TEXT      NOT NULL,
    recovery_started_on     DATE,
    collateral_proceeds_fen BIGINT    NOT NULL,
    evidence                TEXT      NOT NULL,
    entitled_fen            BIGINT    NOT NULL,
    committed_fen           BIGINT    NOT NULL CHECK (committed_fen >= 0),
    paid_fen                BIGINT    NOT NULL CHECK (paid_fen >= 0),
    returned_fen            BIGINT    NOT NULL CHECK (returned_fen >= 0),
    -- What of the entitlement the pool has not committed yet; 0 unless queued.
    queued_fen              BIGINT    NOT NULL CHECK (queued_fen >= 0),
    -- Per level of government: weight, entitled, paid, returned.
    levels                  TEXT      NOT NULL,
    filed_on                DATE      NOT NULL,
    filed_by                TEXT      NOT NULL,
    complete_on             DATE,
    due_on                  DATE,
    due_provisional         BOOLEAN   NOT NULL,
    reason                  TEXT,
    -- The order of admission is the order of the queue.
    queue_no                BIGINT    UNIQUE,
    admitted_by             TEXT,
    written_off_on          DATE,
    created_at              TIMESTAMP NOT NULL,
    updated_at              TIMESTAMP NOT NULL,
    version                 BIGINT    NOT NULL
);
-- Another claim on the loan may be filed once this one is refused.
CREATE UNIQUE INDEX compensation_claims_one_live ON compensation_claims (loan_id) WHERE state <> 'refused';
CREATE INDEX compensation_claims_state ON compensation_claims (state, id);
CREATE INDEX compensation_claims_queue ON compensation_claims (state, queue_no);
CREATE INDEX compensation_claims_bank ON compensation_claims (bank_id, id);
CREATE INDEX compensation_claims_enterprise ON compensation_claims (enterprise_id, id);

CREATE TABLE compensation_recoveries (
    id             TEXT      NOT NULL PRIMARY KEY,
    claim_id       TEXT      NOT NULL REFERENCES compensation_claims (id),
    gross_fen      BIGINT    NOT NULL,
    cost_fen       BIGINT    NOT NULL,
    -- Government's share of what is left after cost, and the rest, which stays with the bank.
    returned_fen   BIGINT    NOT NULL,
    bank_fen       BIGINT    NOT NULL,
    received_on    DATE      NOT NULL,
    voucher_no     TEXT      NOT NULL UNIQUE,
    -- None when all that was paid out had been returned before.
    transaction_id TEXT      REFERENCES pool_transactions (id),
    recorded_by    TEXT      NOT NULL,
    at             TIMESTAMP NOT NULL
);
CREATE INDEX compensation_recoveries_claim ON compensation_recoveries (claim_id, id);

-- Who may only see what they prepared themselves lists it from here.
CREATE INDEX decisions_preparer ON decisions (prepared_by, id);
