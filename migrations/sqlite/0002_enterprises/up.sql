CREATE TABLE enterprises (
    id                    TEXT      NOT NULL PRIMARY KEY,
    credit_code           TEXT      NOT NULL UNIQUE,
    name                  TEXT      NOT NULL,
    -- The name as it is searched: half-width, lower case, without spaces.
    name_search           TEXT      NOT NULL,
    english_name          TEXT,
    kind                  TEXT,
    registered_on         DATE,
    capital_fen           BIGINT,
    capital_currency      TEXT,
    capital_text          TEXT,
    business_scope        TEXT,
    province              TEXT,
    city                  TEXT,
    address               TEXT,
    registered_in_laoshan BOOLEAN   NOT NULL,
    -- An officer's word on it; without one it follows from the address.
    laoshan_stated        BOOLEAN,
    park                  TEXT,
    status                TEXT      NOT NULL,
    main_track            TEXT,
    source                TEXT      NOT NULL,
    created_at            TIMESTAMP NOT NULL,
    updated_at            TIMESTAMP NOT NULL,
    version               BIGINT    NOT NULL
);
CREATE INDEX enterprises_name ON enterprises (name, id);
CREATE INDEX enterprises_park ON enterprises (park, id);
CREATE INDEX enterprises_status ON enterprises (status, id);

-- Every one- and two-character piece of every name: a substring search starts from the rarest piece it contains, on an index,
-- the same way on both databases. Derived from the name and written only with it, so nothing is checked per piece: an import
-- writes thirty of them per enterprise.
CREATE TABLE enterprise_name_grams (
    gram          TEXT NOT NULL,
    enterprise_id TEXT NOT NULL,
    PRIMARY KEY (gram, enterprise_id)
);
CREATE INDEX enterprise_name_grams_enterprise ON enterprise_name_grams (enterprise_id);

CREATE TABLE enterprise_tracks (
    enterprise_id TEXT NOT NULL REFERENCES enterprises (id),
    track         TEXT NOT NULL,
    PRIMARY KEY (enterprise_id, track)
);
CREATE INDEX enterprise_tracks_track ON enterprise_tracks (track, enterprise_id);

-- Persons who act for an enterprise.
CREATE TABLE enterprise_members (
    id            TEXT      NOT NULL PRIMARY KEY,
    enterprise_id TEXT      NOT NULL REFERENCES enterprises (id),
    user_id       TEXT      NOT NULL REFERENCES users (id),
    role          TEXT      NOT NULL,
    verified      BOOLEAN   NOT NULL,
    verified_by   TEXT,
    verified_at   TIMESTAMP,
    evidence      TEXT,
    created_at    TIMESTAMP NOT NULL,
    ended_at      TIMESTAMP,
    UNIQUE (enterprise_id, user_id)
);
CREATE INDEX enterprise_members_user ON enterprise_members (user_id, enterprise_id);

-- A person asks to act for an enterprise that is on record already.
CREATE TABLE enterprise_claims (
    id            TEXT      NOT NULL PRIMARY KEY,
    enterprise_id TEXT      NOT NULL REFERENCES enterprises (id),
    user_id       TEXT      NOT NULL REFERENCES users (id),
    role          TEXT      NOT NULL,
    message       TEXT,
    state         TEXT      NOT NULL,
    decided_by    TEXT,
    decided_at    TIMESTAMP,
    reason        TEXT,
    created_at    TIMESTAMP NOT NULL,
    version       BIGINT    NOT NULL
);
CREATE INDEX enterprise_claims_state ON enterprise_claims (state, id);
CREATE INDEX enterprise_claims_user ON enterprise_claims (user_id, id);
CREATE INDEX enterprise_claims_enterprise ON enterprise_claims (enterprise_id, id);

CREATE TABLE annual_metrics (
    enterprise_id TEXT      NOT NULL REFERENCES enterprises (id),
    year          INTEGER   NOT NULL,
    indicator     TEXT      NOT NULL,
    value         BIGINT    NOT NULL,
    source        TEXT      NOT NULL,
    written_by    TEXT      NOT NULL,
    written_at    TIMESTAMP NOT NULL,
    verified_by   TEXT,
    verified_at   TIMESTAMP,
    PRIMARY KEY (enterprise_id, year, indicator)
);

-- Titles, IP, equity rounds, partners, awards, sourced projects, talents, landing agreements, accidents, credit and veto facts.
CREATE TABLE enterprise_facts (
    id            TEXT      NOT NULL PRIMARY KEY,
    enterprise_id TEXT      NOT NULL REFERENCES enterprises (id),
    kind          TEXT      NOT NULL,
    detail        TEXT      NOT NULL,
    occurred_on   DATE,
    source        TEXT      NOT NULL,
    -- What it rests on, in words.
    evidence      TEXT,
    written_by    TEXT      NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    verified_by   TEXT,
    verified_at   TIMESTAMP,
    ended_at      TIMESTAMP,
    version       BIGINT    NOT NULL
);
CREATE INDEX enterprise_facts_enterprise ON enterprise_facts (enterprise_id, id);
