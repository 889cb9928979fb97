CREATE TABLE rounds (
    id                  TEXT      NOT NULL PRIMARY KEY,
    name                TEXT      NOT NULL,
    year                INTEGER   NOT NULL,
    tiers               TEXT      NOT NULL,
    rule_set_id         TEXT      NOT NULL REFERENCES rule_sets (id),
    state               TEXT      NOT NULL,
    opens_at            TIMESTAMP NOT NULL,
    closes_at           TIMESTAMP NOT NULL,
    grace_seconds       BIGINT    NOT NULL,
    expert_review       BOOLEAN   NOT NULL,
    site_check          BOOLEAN   NOT NULL,
    quotas              TEXT      NOT NULL,
    approvals_needed    INTEGER   NOT NULL,
    max_returns         INTEGER   NOT NULL,
    return_days         INTEGER   NOT NULL,
    publicity_days      INTEGER   NOT NULL,
    first_day_counts    BOOLEAN   NOT NULL,
    publicity_starts_on DATE,
    publicity_ends_on   DATE,
    notice_id           TEXT,
    guide               TEXT,
    created_by          TEXT      NOT NULL,
    created_at          TIMESTAMP NOT NULL,
    -- Set once; a round without it is seen by nobody but its makers.
    published_at        TIMESTAMP,
    updated_at          TIMESTAMP NOT NULL,
    version             BIGINT    NOT NULL
);
CREATE INDEX rounds_state ON rounds (state, id);
CREATE INDEX rounds_year ON rounds (year, id);

CREATE TABLE round_extensions (
    id          TEXT      NOT NULL PRIMARY KEY,
    round_id    TEXT      NOT NULL REFERENCES rounds (id),
    old_closes_at TIMESTAMP NOT NULL,
    new_closes_at TIMESTAMP NOT NULL,
    reason      TEXT      NOT NULL,
    extended_by TEXT      NOT NULL,
    at          TIMESTAMP NOT NULL
);
CREATE INDEX round_extensions_round ON round_extensions (round_id, id);
