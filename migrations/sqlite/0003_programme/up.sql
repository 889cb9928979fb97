CREATE TABLE rule_sets (
    id             TEXT      NOT NULL PRIMARY KEY,
    code           TEXT      NOT NULL,
    revision       INTEGER   NOT NULL,
    name_zh        TEXT      NOT NULL,
    name_en        TEXT      NOT NULL,
    state          TEXT      NOT NULL,
    effective_from DATE      NOT NULL,
    effective_to   DATE,
    source         TEXT      NOT NULL,
    document       TEXT      NOT NULL,
    created_by     TEXT      NOT NULL,
    created_at     TIMESTAMP NOT NULL,
    edited_by      TEXT      NOT NULL,
    edited_at      TIMESTAMP NOT NULL,
    published_by   TEXT,
    published_at   TIMESTAMP,
    version        BIGINT    NOT NULL,
    UNIQUE (code, revision)
);
CREATE INDEX rule_sets_state ON rule_sets (state, id);
CREATE INDEX rule_sets_in_force ON rule_sets (state, effective_from, revision);

-- Working-day calendars brought in after the built-in ones.
CREATE TABLE holiday_years (
    year        INTEGER   NOT NULL PRIMARY KEY,
    source      TEXT      NOT NULL,
    document    TEXT      NOT NULL,
    imported_by TEXT      NOT NULL,
    imported_at TIMESTAMP NOT NULL,
    version     BIGINT    NOT NULL
);
