-- Who supplies whom: a link between two enterprises, or one that an enterprise still lacks.
CREATE TABLE enterprise_links (
    id              TEXT      NOT NULL PRIMARY KEY,
    track           TEXT      NOT NULL,
    enterprise_id   TEXT      NOT NULL REFERENCES enterprises (id),
    -- Seen from enterprise_id.
    kind            TEXT      NOT NULL,
    -- Nobody yet when it is missing.
    counterpart_id  TEXT,
    -- What is supplied or developed.
    item            TEXT      NOT NULL,
    contract_number TEXT,
    amount_fen      BIGINT,
    starts_on       DATE,
    ends_on         DATE,
    ended_at        TIMESTAMP,
    created_by      TEXT      NOT NULL,
    created_at      TIMESTAMP NOT NULL,
    updated_at      TIMESTAMP NOT NULL,
    version         BIGINT    NOT NULL
);
CREATE INDEX enterprise_links_enterprise ON enterprise_links (enterprise_id, id);
CREATE INDEX enterprise_links_counterpart ON enterprise_links (counterpart_id, id);
CREATE INDEX enterprise_links_track ON enterprise_links (track, id);

-- Enterprises that are courted for the local chain.
CREATE TABLE recruitment_leads (
    id               TEXT      NOT NULL PRIMARY KEY,
    name             TEXT      NOT NULL,
    track            TEXT      NOT NULL,
    -- The missing link it is to fill.
    link_id          TEXT      REFERENCES enterprise_links (id),
    enterprise_id    TEXT      REFERENCES enterprises (id),
    stage            TEXT      NOT NULL,
    contact          TEXT,
    contact_phone    TEXT,
    -- What was promised, by either side.
    promised         TEXT,
    investment_fen   BIGINT,
    agreement_number TEXT,
    signed_on        DATE,
    agreement_ends_on DATE,
    landed_on        DATE,
    lost_reason      TEXT,
    created_by       TEXT      NOT NULL,
    created_at       TIMESTAMP NOT NULL,
    updated_at       TIMESTAMP NOT NULL,
    version          BIGINT    NOT NULL
);
CREATE INDEX recruitment_leads_stage ON recruitment_leads (stage, id);
CREATE INDEX recruitment_leads_track ON recruitment_leads (track, id);
