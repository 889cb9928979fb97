-- The chart of accounts: fixed by the program, told here so that the ledger reads without it.
CREATE TABLE pool_accounts (
    code  text NOT NULL PRIMARY KEY,
    class text NOT NULL,
    level text
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
    id           text      NOT NULL PRIMARY KEY,
    kind         text      NOT NULL,
    at           timestamp NOT NULL,
    booked_on    date      NOT NULL,
    amount_fen   bigint    NOT NULL CHECK (amount_fen > 0),
    reason       text      NOT NULL,
    voucher_no   text,
    subject_kind text      NOT NULL,
    subject_id   text      NOT NULL,
    made_by      text      NOT NULL,
    decision_id  text      REFERENCES decisions (id)
);
-- A voucher pays once.
CREATE UNIQUE INDEX pool_transactions_voucher ON pool_transactions (kind, voucher_no) WHERE voucher_no IS NOT NULL;
CREATE INDEX pool_transactions_kind ON pool_transactions (kind, id);
CREATE INDEX pool_transactions_subject ON pool_transactions (subject_kind, subject_id, id);

-- Signed fen: money comes into an account as plus and leaves it as minus; a transaction's postings sum to zero.
CREATE TABLE pool_postings (
    transaction_id text    NOT NULL REFERENCES pool_transactions (id),
    line           integer NOT NULL,
    account        text    NOT NULL REFERENCES pool_accounts (code),
    amount_fen     bigint  NOT NULL CHECK (amount_fen <> 0),
    PRIMARY KEY (transaction_id, line)
);
CREATE INDEX pool_postings_account ON pool_postings (account, transaction_id);

CREATE FUNCTION pool_ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the pool ledger is append-only'; END $$;
CREATE TRIGGER pool_transactions_stay BEFORE UPDATE OR DELETE ON pool_transactions
    FOR EACH ROW EXECUTE FUNCTION pool_ledger_is_append_only();
CREATE TRIGGER pool_postings_stay BEFORE UPDATE OR DELETE ON pool_postings
    FOR EACH ROW EXECUTE FUNCTION pool_ledger_is_append_only();

-- Sums of the postings, kept beside them in the same transaction. The last line of defence against a pool below zero.
CREATE TABLE pool_balances (
    account     text   NOT NULL PRIMARY KEY REFERENCES pool_accounts (code),
    balance_fen bigint NOT NULL,
    CHECK (account NOT IN ('available', 'committed') OR balance_fen >= 0)
);

INSERT INTO pool_balances (account, balance_fen) SELECT code, 0 FROM pool_accounts;

-- The figures of the loan that a claim stands on are kept as they were when it was last handed in.
CREATE TABLE compensation_claims (
    id                      text      NOT NULL PRIMARY KEY,
    bank_id                 text      NOT NULL REFERENCES banks (id),
    loan_id                 text      NOT NULL REFERENCES loans (id),
    enterprise_id           text      NOT NULL REFERENCES enterprises (id),
    talent_id               text      NOT NULL REFERENCES talents (id),
    state                   text      NOT NULL,
    principal_loss_fen      bigint    NOT NULL,
    covered_fen             bigint    NOT NULL,
    ratio_ppm               bigint    NOT NULL,
    overdue_days            integer   NOT NULL,
    class                   text      NOT NULL,
    recovery_started_on     date,
    collateral_proceeds_fen bigint    NOT NULL,
    evidence                text      NOT NULL,
    entitled_fen            bigint    NOT NULL,
    committed_fen           bigint    NOT NULL CHECK (committed_fen >= 0),
    paid_fen                bigint    NOT NULL CHECK (paid_fen >= 0),
    returned_fen            bigint    NOT NULL CHECK (returned_fen >= 0),
    -- What of the entitlement the pool has not committed yet; 0 unless queued.
    queued_fen              bigint    NOT NULL CHECK (queued_fen >= 0),
    -- Per level of government: weight, entitled, paid, returned.
    levels                  text      NOT NULL,
    filed_on                date      NOT NULL,
    filed_by                text      NOT NULL,
    complete_on             date,
    due_on                  date,
    due_provisional         boolean   NOT NULL,
    reason                  text,
    -- The order of admission is the order of the queue.
    queue_no                bigint    UNIQUE,
    admitted_by             text,
    written_off_on          date,
    created_at              timestamp NOT NULL,
    updated_at              timestamp NOT NULL,
    version                 bigint    NOT NULL
);
-- Another claim on the loan may be filed once this one is refused.
CREATE UNIQUE INDEX compensation_claims_one_live ON compensation_claims (loan_id) WHERE state <> 'refused';
CREATE INDEX compensation_claims_state ON compensation_claims (state, id);
CREATE INDEX compensation_claims_queue ON compensation_claims (state, queue_no);
CREATE INDEX compensation_claims_bank ON compensation_claims (bank_id, id);
CREATE INDEX compensation_claims_enterprise ON compensation_claims (enterprise_id, id);

CREATE TABLE compensation_recoveries (
    id             text      NOT NULL PRIMARY KEY,
    claim_id       text      NOT NULL REFERENCES compensation_claims (id),
    gross_fen      bigint    NOT NULL,
    cost_fen       bigint    NOT NULL,
    -- Government's share of what is left after cost, and the rest, which stays with the bank.
    returned_fen   bigint    NOT NULL,
    bank_fen       bigint    NOT NULL,
    received_on    date      NOT NULL,
    voucher_no     text      NOT NULL UNIQUE,
    -- None when all that was paid out had been returned before.
    transaction_id text      REFERENCES pool_transactions (id),
    recorded_by    text      NOT NULL,
    at             timestamp NOT NULL
);
CREATE INDEX compensation_recoveries_claim ON compensation_recoveries (claim_id, id);

-- Who may only see what they prepared themselves lists it from here.
CREATE INDEX decisions_preparer ON decisions (prepared_by, id);
