-- The pool of experts.
CREATE TABLE experts (
    id            TEXT      NOT NULL PRIMARY KEY,
    user_id       TEXT      NOT NULL UNIQUE REFERENCES users (id),
    kind          TEXT      NOT NULL,
    employer      TEXT      NOT NULL,
    employer_code TEXT,
    fields        TEXT      NOT NULL,
    load_cap      INTEGER   NOT NULL,
    unavailable   TEXT      NOT NULL,
    past_service  TEXT      NOT NULL,
    state         TEXT      NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    updated_at    TIMESTAMP NOT NULL,
    version       BIGINT    NOT NULL
);
CREATE INDEX experts_state ON experts (state, id);
CREATE INDEX experts_kind ON experts (kind, id);

-- Between a person and an enterprise; whoever is in conflict finds nothing of the enterprise's cases.
CREATE TABLE conflicts (
    id             TEXT      NOT NULL PRIMARY KEY,
    user_id        TEXT      NOT NULL REFERENCES users (id),
    enterprise_id  TEXT      NOT NULL REFERENCES enterprises (id),
    source         TEXT      NOT NULL,
    ground         TEXT      NOT NULL,
    reason         TEXT      NOT NULL,
    application_id TEXT,
    created_by     TEXT      NOT NULL,
    created_at     TIMESTAMP NOT NULL,
    ended_by       TEXT,
    ended_at       TIMESTAMP,
    end_reason     TEXT,
    version        BIGINT    NOT NULL
);
CREATE INDEX conflicts_user ON conflicts (user_id, enterprise_id);
CREATE INDEX conflicts_enterprise ON conflicts (enterprise_id, id);

-- How a round is reviewed.
CREATE TABLE review_plans (
    round_id   TEXT      NOT NULL PRIMARY KEY REFERENCES rounds (id),
    document   TEXT      NOT NULL,
    updated_by TEXT      NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version    BIGINT    NOT NULL
);

-- Every draw that gave a panel, with all it followed from.
CREATE TABLE draws (
    id             TEXT      NOT NULL PRIMARY KEY,
    round_id       TEXT      NOT NULL REFERENCES rounds (id),
    seed           TEXT      NOT NULL,
    procedure      TEXT      NOT NULL,
    rules          TEXT      NOT NULL,
    tasks          INTEGER   NOT NULL,
    candidates     TEXT      NOT NULL,
    application_ids TEXT     NOT NULL,
    result         TEXT      NOT NULL,
    replaces       TEXT,
    decision_id    TEXT,
    drawn_by       TEXT      NOT NULL,
    drawn_at       TIMESTAMP NOT NULL
);
CREATE INDEX draws_round ON draws (round_id, id);

CREATE TABLE panels (
    id         TEXT      NOT NULL PRIMARY KEY,
    round_id   TEXT      NOT NULL REFERENCES rounds (id),
    draw_id    TEXT      NOT NULL REFERENCES draws (id),
    state      TEXT      NOT NULL,
    -- What allowed it to be drawn again.
    decision_id TEXT,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version    BIGINT    NOT NULL
);
CREATE INDEX panels_round ON panels (round_id, id);

CREATE TABLE panel_members (
    id        TEXT    NOT NULL PRIMARY KEY,
    panel_id  TEXT    NOT NULL REFERENCES panels (id),
    expert_id TEXT    NOT NULL REFERENCES experts (id),
    position  INTEGER NOT NULL,
    place     TEXT    NOT NULL,
    alternate BOOLEAN NOT NULL,
    UNIQUE (panel_id, expert_id)
);
CREATE INDEX panel_members_expert ON panel_members (expert_id);

CREATE TABLE panel_applications (
    panel_id       TEXT    NOT NULL REFERENCES panels (id),
    application_id TEXT    NOT NULL REFERENCES applications (id),
    live           BOOLEAN NOT NULL,
    PRIMARY KEY (panel_id, application_id)
);
CREATE UNIQUE INDEX panel_applications_one_live ON panel_applications (application_id) WHERE live;

-- One expert's task: one application.
CREATE TABLE reviews (
    id             TEXT      NOT NULL PRIMARY KEY,
    panel_id       TEXT      NOT NULL REFERENCES panels (id),
    round_id       TEXT      NOT NULL REFERENCES rounds (id),
    application_id TEXT      NOT NULL REFERENCES applications (id),
    enterprise_id  TEXT      NOT NULL REFERENCES enterprises (id),
    expert_id      TEXT      NOT NULL REFERENCES experts (id),
    user_id        TEXT      NOT NULL REFERENCES users (id),
    arbiter        BOOLEAN   NOT NULL,
    state          TEXT      NOT NULL,
    sheet          TEXT      NOT NULL,
    total          BIGINT,
    declared_at    TIMESTAMP,
    submitted_at   TIMESTAMP,
    end_reason     TEXT,
    created_at     TIMESTAMP NOT NULL,
    updated_at     TIMESTAMP NOT NULL,
    version        BIGINT    NOT NULL,
    UNIQUE (panel_id, application_id, expert_id)
);
CREATE INDEX reviews_user ON reviews (user_id, id);
CREATE INDEX reviews_user_state ON reviews (user_id, state, id);
CREATE INDEX reviews_round ON reviews (round_id, id);
CREATE INDEX reviews_application ON reviews (application_id, id);
CREATE INDEX reviews_expert ON reviews (expert_id, state);

-- The frozen result of an application, with all it followed from.
CREATE TABLE scores (
    id             TEXT      NOT NULL PRIMARY KEY,
    application_id TEXT      NOT NULL UNIQUE REFERENCES applications (id),
    round_id       TEXT      NOT NULL REFERENCES rounds (id),
    tier           TEXT      NOT NULL,
    total          BIGINT    NOT NULL,
    passed         BOOLEAN   NOT NULL,
    input          TEXT      NOT NULL,
    result         TEXT      NOT NULL,
    frozen_by      TEXT      NOT NULL,
    frozen_at      TIMESTAMP NOT NULL
);
CREATE INDEX scores_ranking ON scores (round_id, tier, total, application_id);
