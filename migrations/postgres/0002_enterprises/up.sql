CREATE TABLE enterprises (
    id                    text      NOT NULL PRIMARY KEY,
    credit_code           text      NOT NULL UNIQUE,
    -- Ordered by code point, as SQLite does, so that lists look the same on both.
    name                  text COLLATE "C" NOT NULL,
    -- The name as it is searched: half-width, lower case, without spaces.
    name_search           text      NOT NULL,
    english_name          text,
    kind                  text,
    registered_on         date,
    capital_fen           bigint,
    capital_currency      text,
    capital_text          text,
    business_scope        text,
    province              text,
    city                  text,
    address               text,
    registered_in_laoshan boolean   NOT NULL,
    -- An officer's word on it; without one it follows from the address.
    laoshan_stated        boolean,
    park                  text,
    status                text      NOT NULL,
    main_track            text,
    source                text      NOT NULL,
    created_at            timestamp NOT NULL,
    updated_at            timestamp NOT NULL,
    version               bigint    NOT NULL
);
CREATE INDEX enterprises_name ON enterprises (name, id);
CREATE INDEX enterprises_park ON enterprises (park, id);
CREATE INDEX enterprises_status ON enterprises (status, id);

-- Every one- and two-character piece of every name: a substring search starts from the rarest piece it contains, on an index,
-- the same way on both databases. Derived from the name and written only with it, so nothing is checked per piece: an import
-- writes thirty of them per enterprise.
CREATE TABLE enterprise_name_grams (
    gram          text NOT NULL,
    enterprise_id text NOT NULL,
    PRIMARY KEY (gram, enterprise_id)
);
CREATE INDEX enterprise_name_grams_enterprise ON enterprise_name_grams (enterprise_id);

CREATE TABLE enterprise_tracks (
    enterprise_id text NOT NULL REFERENCES enterprises (id),
    track         text NOT NULL,
    PRIMARY KEY (enterprise_id, track)
);
CREATE INDEX enterprise_tracks_track ON enterprise_tracks (track, enterprise_id);

-- Persons who act for an enterprise.
CREATE TABLE enterprise_members (
    id            text      NOT NULL PRIMARY KEY,
    enterprise_id text      NOT NULL REFERENCES enterprises (id),
    user_id       text      NOT NULL REFERENCES users (id),
    role          text      NOT NULL,
    verified      boolean   NOT NULL,
    verified_by   text,
    verified_at   timestamp,
    evidence      text,
    created_at    timestamp NOT NULL,
    ended_at      timestamp,
    UNIQUE (enterprise_id, user_id)
);
CREATE INDEX enterprise_members_user ON enterprise_members (user_id, enterprise_id);

-- A person asks to act for an enterprise that is on record already.
CREATE TABLE enterprise_claims (
    id            text      NOT NULL PRIMARY KEY,
    enterprise_id text      NOT NULL REFERENCES enterprises (id),
    user_id       text      NOT NULL REFERENCES users (id),
    role          text      NOT NULL,
    message       text,
    state         text      NOT NULL,
    decided_by    text,
    decided_at    timestamp,
    reason        text,
    created_at    timestamp NOT NULL,
    version       bigint    NOT NULL
);
CREATE INDEX enterprise_claims_state ON enterprise_claims (state, id);
CREATE INDEX enterprise_claims_user ON enterprise_claims (user_id, id);
CREATE INDEX enterprise_claims_enterprise ON enterprise_claims (enterprise_id, id);

CREATE TABLE annual_metrics (
    enterprise_id text      NOT NULL REFERENCES enterprises (id),
    year          integer   NOT NULL,
    indicator     text      NOT NULL,
    value         bigint    NOT NULL,
    source        text      NOT NULL,
    written_by    text      NOT NULL,
    written_at    timestamp NOT NULL,
    verified_by   text,
    verified_at   timestamp,
    PRIMARY KEY (enterprise_id, year, indicator)
);

-- Titles, IP, equity rounds, partners, awards, sourced projects, talents, landing agreements, accidents, credit and veto facts.
CREATE TABLE enterprise_facts (
    id            text      NOT NULL PRIMARY KEY,
    enterprise_id text      NOT NULL REFERENCES enterprises (id),
    kind          text      NOT NULL,
    detail        text      NOT NULL,
    occurred_on   date,
    source        text      NOT NULL,
    -- What it rests on, in words.
    evidence      text,
    written_by    text      NOT NULL,
    created_at    timestamp NOT NULL,
    verified_by   text,
    verified_at   timestamp,
    ended_at      timestamp,
    version       bigint    NOT NULL
);
CREATE INDEX enterprise_facts_enterprise ON enterprise_facts (enterprise_id, id);
