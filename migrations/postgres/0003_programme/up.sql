CREATE TABLE rule_sets (
    id             text      NOT NULL PRIMARY KEY,
    code           text      NOT NULL,
    revision       integer   NOT NULL,
    name_zh        text      NOT NULL,
    name_en        text      NOT NULL,
    state          text      NOT NULL,
    effective_from date      NOT NULL,
    effective_to   date,
    source         text      NOT NULL,
    document       text      NOT NULL,
    created_by     text      NOT NULL,
    created_at     timestamp NOT NULL,
    edited_by      text      NOT NULL,
    edited_at      timestamp NOT NULL,
    published_by   text,
    published_at   timestamp,
    version        bigint    NOT NULL,
    UNIQUE (code, revision)
);
CREATE INDEX rule_sets_state ON rule_sets (state, id);
CREATE INDEX rule_sets_in_force ON rule_sets (state, effective_from, revision);

-- Working-day calendars brought in after the built-in ones.
CREATE TABLE holiday_years (
    year        integer   NOT NULL PRIMARY KEY,
    source      text      NOT NULL,
    document    text      NOT NULL,
    imported_by text      NOT NULL,
    imported_at timestamp NOT NULL,
    version     bigint    NOT NULL
);
