-- The pool of experts.
CREATE TABLE experts (
    id            text      NOT NULL PRIMARY KEY,
    user_id       text      NOT NULL UNIQUE REFERENCES users (id),
    kind          text      NOT NULL,
    employer      text      NOT NULL,
    employer_code text,
    fields        text      NOT NULL,
    load_cap      integer   NOT NULL,
    unavailable   text      NOT NULL,
    past_service  text      NOT NULL,
    state         text      NOT NULL,
    created_at    timestamp NOT NULL,
    updated_at    timestamp NOT NULL,
    version       bigint    NOT NULL
);
CREATE INDEX experts_state ON experts (state, id);
CREATE INDEX experts_kind ON experts (kind, id);

-- Between a person and an enterprise; whoever is in conflict finds nothing of the enterprise's cases.
CREATE TABLE conflicts (
    id             text      NOT NULL PRIMARY KEY,
    user_id        text      NOT NULL REFERENCES users (id),
    enterprise_id  text      NOT NULL REFERENCES enterprises (id),
    source         text      NOT NULL,
    ground         text      NOT NULL,
    reason         text      NOT NULL,
    application_id text,
    created_by     text      NOT NULL,
    created_at     timestamp NOT NULL,
    ended_by       text,
    ended_at       timestamp,
    end_reason     text,
    version        bigint    NOT NULL
);
CREATE INDEX conflicts_user ON conflicts (user_id, enterprise_id);
CREATE INDEX conflicts_enterprise ON conflicts (enterprise_id, id);

-- How a round is reviewed.
CREATE TABLE review_plans (
    round_id   text      NOT NULL PRIMARY KEY REFERENCES rounds (id),
    document   text      NOT NULL,
    updated_by text      NOT NULL,
    updated_at timestamp NOT NULL,
    version    bigint    NOT NULL
);

-- Every draw that gave a panel, with all it followed from.
CREATE TABLE draws (
    id             text      NOT NULL PRIMARY KEY,
    round_id       text      NOT NULL REFERENCES rounds (id),
    seed           text      NOT NULL,
    procedure      text      NOT NULL,
    rules          text      NOT NULL,
    tasks          integer   NOT NULL,
    candidates     text      NOT NULL,
    application_ids text     NOT NULL,
    result         text      NOT NULL,
    replaces       text,
    decision_id    text,
    drawn_by       text      NOT NULL,
    drawn_at       timestamp NOT NULL
);
CREATE INDEX draws_round ON draws (round_id, id);

CREATE TABLE panels (
    id         text      NOT NULL PRIMARY KEY,
    round_id   text      NOT NULL REFERENCES rounds (id),
    draw_id    text      NOT NULL REFERENCES draws (id),
    state      text      NOT NULL,
    -- What allowed it to be drawn again.
    decision_id text,
    created_at timestamp NOT NULL,
    updated_at timestamp NOT NULL,
    version    bigint    NOT NULL
);
CREATE INDEX panels_round ON panels (round_id, id);

CREATE TABLE panel_members (
    id        text    NOT NULL PRIMARY KEY,
    panel_id  text    NOT NULL REFERENCES panels (id),
    expert_id text    NOT NULL REFERENCES experts (id),
    position  integer NOT NULL,
    place     text    NOT NULL,
    alternate boolean NOT NULL,
    UNIQUE (panel_id, expert_id)
);
CREATE INDEX panel_members_expert ON panel_members (expert_id);

CREATE TABLE panel_applications (
    panel_id       text    NOT NULL REFERENCES panels (id),
    application_id text    NOT NULL REFERENCES applications (id),
    live           boolean NOT NULL,
    PRIMARY KEY (panel_id, application_id)
);
CREATE UNIQUE INDEX panel_applications_one_live ON panel_applications (application_id) WHERE live;

-- One expert's task: one application.
CREATE TABLE reviews (
    id             text      NOT NULL PRIMARY KEY,
    panel_id       text      NOT NULL REFERENCES panels (id),
    round_id       text      NOT NULL REFERENCES rounds (id),
    application_id text      NOT NULL REFERENCES applications (id),
    enterprise_id  text      NOT NULL REFERENCES enterprises (id),
    expert_id      text      NOT NULL REFERENCES experts (id),
    user_id        text      NOT NULL REFERENCES users (id),
    arbiter        boolean   NOT NULL,
    state          text      NOT NULL,
    sheet          text      NOT NULL,
    total          bigint,
    declared_at    timestamp,
    submitted_at   timestamp,
    end_reason     text,
    created_at     timestamp NOT NULL,
    updated_at     timestamp NOT NULL,
    version        bigint    NOT NULL,
    UNIQUE (panel_id, application_id, expert_id)
);
CREATE INDEX reviews_user ON reviews (user_id, id);
CREATE INDEX reviews_user_state ON reviews (user_id, state, id);
CREATE INDEX reviews_round ON reviews (round_id, id);
CREATE INDEX reviews_application ON reviews (application_id, id);
CREATE INDEX reviews_expert ON reviews (expert_id, state);

-- The frozen result of an application, with all it followed from.
CREATE TABLE scores (
    id             text      NOT NULL PRIMARY KEY,
    application_id text      NOT NULL UNIQUE REFERENCES applications (id),
    round_id       text      NOT NULL REFERENCES rounds (id),
    tier           text      NOT NULL,
    total          bigint    NOT NULL,
    passed         boolean   NOT NULL,
    input          text      NOT NULL,
    result         text      NOT NULL,
    frozen_by      text      NOT NULL,
    frozen_at      timestamp NOT NULL
);
CREATE INDEX scores_ranking ON scores (round_id, tier, total, application_id);
