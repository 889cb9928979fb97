CREATE TABLE memberships (
    id                 text      NOT NULL PRIMARY KEY,
    enterprise_id      text      NOT NULL REFERENCES enterprises (id),
    -- Candidates have neither tier nor certificate.
    tier               text,
    lane               text      NOT NULL,
    state              text      NOT NULL,
    live               boolean   NOT NULL,
    certificate_number text      UNIQUE,
    application_id     text      REFERENCES applications (id),
    round_id           text      REFERENCES rounds (id),
    source             text      NOT NULL,
    valid_from         date,
    valid_to           date,
    created_at         timestamp NOT NULL,
    ended_at           timestamp,
    end_reason         text,
    version            bigint    NOT NULL
);
CREATE UNIQUE INDEX memberships_one_live ON memberships (enterprise_id, lane) WHERE live;
CREATE INDEX memberships_state ON memberships (state, id);
CREATE INDEX memberships_tier ON memberships (tier, state, id);
CREATE INDEX memberships_enterprise ON memberships (enterprise_id, id);
CREATE INDEX memberships_valid_to ON memberships (state, valid_to);

-- The last certificate number given per year: numbers run without gaps and never come twice.
CREATE TABLE certificate_counters (
    year integer NOT NULL PRIMARY KEY,
    last integer NOT NULL
);
