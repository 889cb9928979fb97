CREATE TABLE memberships (
    id                 TEXT      NOT NULL PRIMARY KEY,
    enterprise_id      TEXT      NOT NULL REFERENCES enterprises (id),
    -- Candidates have neither tier nor certificate.
    tier               TEXT,
    lane               TEXT      NOT NULL,
    state              TEXT      NOT NULL,
    live               BOOLEAN   NOT NULL,
    certificate_number TEXT      UNIQUE,
    application_id     TEXT      REFERENCES applications (id),
    round_id           TEXT      REFERENCES rounds (id),
    source             TEXT      NOT NULL,
    valid_from         DATE,
    valid_to           DATE,
    created_at         TIMESTAMP NOT NULL,
    ended_at           TIMESTAMP,
    end_reason         TEXT,
    version            BIGINT    NOT NULL
);
CREATE UNIQUE INDEX memberships_one_live ON memberships (enterprise_id, lane) WHERE live;
CREATE INDEX memberships_state ON memberships (state, id);
CREATE INDEX memberships_tier ON memberships (tier, state, id);
CREATE INDEX memberships_enterprise ON memberships (enterprise_id, id);
CREATE INDEX memberships_valid_to ON memberships (state, valid_to);

-- The last certificate number given per year: numbers run without gaps and never come twice.
CREATE TABLE certificate_counters (
    year INTEGER NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
);
