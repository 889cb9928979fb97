-- What the bank says moved on the accounts that subsidies and compensations are paid from. Imported, never edited.
CREATE TABLE statement_lines (
    id                   TEXT      NOT NULL PRIMARY KEY,
    account              TEXT      NOT NULL,
    booked_on            DATE      NOT NULL,
    direction            TEXT      NOT NULL,
    amount_fen           BIGINT    NOT NULL CHECK (amount_fen > 0),
    voucher_no           TEXT      NOT NULL,
    counterparty         TEXT      NOT NULL,
    counterparty_account TEXT      NOT NULL,
    memo                 TEXT      NOT NULL,
    imported_by          TEXT      NOT NULL,
    imported_at          TIMESTAMP NOT NULL,
    UNIQUE (account, direction, voucher_no)
);
CREATE INDEX statement_lines_day ON statement_lines (account, booked_on, id);

-- Why a difference is as it should be. The key holds both sides' figures: another difference needs another explanation.
CREATE TABLE difference_explanations (
    difference   TEXT      NOT NULL PRIMARY KEY,
    account      TEXT      NOT NULL,
    reason       TEXT      NOT NULL,
    explained_by TEXT      NOT NULL,
    at           TIMESTAMP NOT NULL
);

-- Months and years in which nothing is booked any more.
CREATE TABLE closed_periods (
    account    TEXT      NOT NULL,
    -- 2027-01, or 2027
    period     TEXT      NOT NULL,
    starts_on  DATE      NOT NULL,
    ends_on    DATE      NOT NULL,
    entries    BIGINT    NOT NULL,
    in_fen     BIGINT    NOT NULL,
    out_fen    BIGINT    NOT NULL,
    explained  BIGINT    NOT NULL,
    closed_by  TEXT      NOT NULL,
    closed_at  TIMESTAMP NOT NULL,
    PRIMARY KEY (account, period)
);
CREATE INDEX closed_periods_days ON closed_periods (account, starts_on, ends_on);

-- Every bank's loans at the end of a quarter, against the line of the scheme in effect.
CREATE TABLE bank_assessments (
    bank_id     TEXT      NOT NULL REFERENCES banks (id),
    -- The last day of the quarter.
    quarter_end DATE      NOT NULL,
    loans       BIGINT    NOT NULL,
    balance_fen BIGINT    NOT NULL,
    bad_fen     BIGINT    NOT NULL,
    line_ppm    BIGINT    NOT NULL,
    min_loans   BIGINT    NOT NULL,
    suspended   BOOLEAN   NOT NULL,
    at          TIMESTAMP NOT NULL,
    PRIMARY KEY (bank_id, quarter_end)
);

-- Reports read what is owed, due and late from these.
CREATE INDEX loans_due ON loans (state, due_on);
CREATE INDEX pool_transactions_day ON pool_transactions (booked_on, id);
