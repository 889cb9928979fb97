CREATE TABLE rounds (
    id                  text      NOT NULL PRIMARY KEY,
    name                text      NOT NULL,
    year                integer   NOT NULL,
    tiers               text      NOT NULL,
    rule_set_id         text      NOT NULL REFERENCES rule_sets (id),
    state               text      NOT NULL,
    opens_at            timestamp NOT NULL,
    closes_at           timestamp NOT NULL,
    grace_seconds       bigint    NOT NULL,
    expert_review       boolean   NOT NULL,
    site_check          boolean   NOT NULL,
    quotas              text      NOT NULL,
    approvals_needed    integer   NOT NULL,
    max_returns         integer   NOT NULL,
    return_days         integer   NOT NULL,
    publicity_days      integer   NOT NULL,
    first_day_counts    boolean   NOT NULL,
    publicity_starts_on date,
    publicity_ends_on   date,
    notice_id           text,
    guide               text,
    created_by          text      NOT NULL,
    created_at          timestamp NOT NULL,
    -- Set once; a round without it is seen by nobody but its makers.
    published_at        timestamp,
    updated_at          timestamp NOT NULL,
    version             bigint    NOT NULL
);
CREATE INDEX rounds_state ON rounds (state, id);
CREATE INDEX rounds_year ON rounds (year, id);

CREATE TABLE round_extensions (
    id          text      NOT NULL PRIMARY KEY,
    round_id    text      NOT NULL REFERENCES rounds (id),
    old_closes_at timestamp NOT NULL,
    new_closes_at timestamp NOT NULL,
    reason      text      NOT NULL,
    extended_by text      NOT NULL,
    at          timestamp NOT NULL
);
CREATE INDEX round_extensions_round ON round_extensions (round_id, id);
