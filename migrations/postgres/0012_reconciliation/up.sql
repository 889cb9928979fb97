-- What the bank says moved on the accounts that subsidies and compensations are paid from. Imported, never edited.
CREATE TABLE statement_lines (
    id                   text      NOT NULL PRIMARY KEY,
    account              text      NOT NULL,
    booked_on            date      NOT NULL,
    direction            text      NOT NULL,
    amount_fen           bigint    NOT NULL CHECK (amount_fen > 0),
    voucher_no           text      NOT NULL,
    counterparty         text      NOT NULL,
    counterparty_account text      NOT NULL,
    memo                 text      NOT NULL,
    imported_by          text      NOT NULL,
    imported_at          timestamp NOT NULL,
    UNIQUE (account, direction, voucher_no)
);
CREATE INDEX statement_lines_day ON statement_lines (account, booked_on, id);

-- Why a difference is as it should be. The key holds both sides' figures: another difference needs another explanation.
CREATE TABLE difference_explanations (
    difference   text      NOT NULL PRIMARY KEY,
    account      text      NOT NULL,
    reason       text      NOT NULL,
    explained_by text      NOT NULL,
    at           timestamp NOT NULL
);

-- Months and years in which nothing is booked any more.
CREATE TABLE closed_periods (
    account    text      NOT NULL,
    -- 2027-01, or 2027
    period     text      NOT NULL,
    starts_on  date      NOT NULL,
    ends_on    date      NOT NULL,
    entries    bigint    NOT NULL,
    in_fen     bigint    NOT NULL,
    out_fen    bigint    NOT NULL,
    explained  bigint    NOT NULL,
    closed_by  text      NOT NULL,
    closed_at  timestamp NOT NULL,
    PRIMARY KEY (account, period)
);
CREATE INDEX closed_periods_days ON closed_periods (account, starts_on, ends_on);

-- Every bank's loans at the end of a quarter, against the line of the scheme in effect.
CREATE TABLE bank_assessments (
    bank_id     text      NOT NULL REFERENCES banks (id),
    -- The last day of the quarter.
    quarter_end date      NOT NULL,
    loans       bigint    NOT NULL,
    balance_fen bigint    NOT NULL,
    bad_fen     bigint    NOT NULL,
    line_ppm    bigint    NOT NULL,
    min_loans   bigint    NOT NULL,
    suspended   boolean   NOT NULL,
    at          timestamp NOT NULL,
    PRIMARY KEY (bank_id, quarter_end)
);

-- Reports read what is owed, due and late from these.
CREATE INDEX loans_due ON loans (state, due_on);
CREATE INDEX pool_transactions_day ON pool_transactions (booked_on, id);
