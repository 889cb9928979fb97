-- Visits to applicants: who went, what was found, what the enterprise says to it.
CREATE TABLE site_visits (
    id             TEXT      NOT NULL PRIMARY KEY,
    application_id TEXT      NOT NULL REFERENCES applications (id),
    enterprise_id  TEXT      NOT NULL REFERENCES enterprises (id),
    round_id       TEXT      NOT NULL REFERENCES rounds (id),
    state          TEXT      NOT NULL,
    planned_on     DATE      NOT NULL,
    held_on        DATE,
    visitors       TEXT      NOT NULL,
    checklist      TEXT      NOT NULL,
    conclusion     TEXT,
    summary        TEXT,
    answered_by    TEXT,
    answered_at    TIMESTAMP,
    answer         TEXT,
    created_by     TEXT      NOT NULL,
    created_at     TIMESTAMP NOT NULL,
    updated_at     TIMESTAMP NOT NULL,
    version        BIGINT    NOT NULL
);
CREATE INDEX site_visits_round ON site_visits (round_id, id);
CREATE INDEX site_visits_application ON site_visits (application_id, id);
CREATE INDEX site_visits_enterprise ON site_visits (enterprise_id, id);

-- Places changed by hand, each with its reason; the ranking is the results' order with these applied one after the other.
CREATE TABLE ranking_moves (
    id             TEXT      NOT NULL PRIMARY KEY,
    round_id       TEXT      NOT NULL REFERENCES rounds (id),
    tier           TEXT      NOT NULL,
    application_id TEXT      NOT NULL REFERENCES applications (id),
    to_position    INTEGER   NOT NULL,
    reason         TEXT      NOT NULL,
    moved_by       TEXT      NOT NULL REFERENCES users (id),
    moved_at       TIMESTAMP NOT NULL
);
CREATE INDEX ranking_moves_round ON ranking_moves (round_id, tier, id);

CREATE TABLE round_minutes (
    round_id   TEXT      NOT NULL PRIMARY KEY REFERENCES rounds (id),
    held_on    DATE      NOT NULL,
    place      TEXT,
    chair      TEXT      NOT NULL,
    attendees  TEXT      NOT NULL,
    text       TEXT      NOT NULL,
    updated_by TEXT      NOT NULL REFERENCES users (id),
    updated_at TIMESTAMP NOT NULL,
    version    BIGINT    NOT NULL
);

-- What one decision releases together.
CREATE TABLE release_items (
    decision_id    TEXT    NOT NULL REFERENCES decisions (id),
    application_id TEXT    NOT NULL REFERENCES applications (id),
    position       INTEGER NOT NULL,
    outcome        TEXT    NOT NULL,
    PRIMARY KEY (decision_id, application_id)
);
CREATE INDEX release_items_application ON release_items (application_id);

-- What those who were not selected are told.
CREATE TABLE feedbacks (
    application_id TEXT      NOT NULL PRIMARY KEY REFERENCES applications (id),
    enterprise_id  TEXT      NOT NULL REFERENCES enterprises (id),
    state          TEXT      NOT NULL,
    text           TEXT      NOT NULL,
    prepared_by    TEXT      NOT NULL REFERENCES users (id),
    sent_at        TIMESTAMP,
    updated_at     TIMESTAMP NOT NULL,
    version        BIGINT    NOT NULL
);
