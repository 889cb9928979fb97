-- New directions of industry under observation, beyond the tracks of the rule set.
CREATE TABLE directions (
    id         TEXT      NOT NULL PRIMARY KEY,
    code       TEXT      NOT NULL UNIQUE,
    name_zh    TEXT      NOT NULL,
    name_en    TEXT      NOT NULL,
    summary    TEXT,
    state      TEXT      NOT NULL,
    -- The next day on which it is looked at; none once it is decided.
    review_on  DATE,
    created_by TEXT      NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version    BIGINT    NOT NULL
);
CREATE INDEX directions_state ON directions (state, review_on, id);

-- What was noticed about a direction, and where.
CREATE TABLE direction_signals (
    id           TEXT      NOT NULL PRIMARY KEY,
    direction_id TEXT      NOT NULL REFERENCES directions (id),
    observed_on  DATE      NOT NULL,
    text         TEXT      NOT NULL,
    source       TEXT      NOT NULL,
    noted_by     TEXT      NOT NULL,
    created_at   TIMESTAMP NOT NULL
);
CREATE INDEX direction_signals_direction ON direction_signals (direction_id, id);

CREATE TABLE direction_reviews (
    id             TEXT      NOT NULL PRIMARY KEY,
    direction_id   TEXT      NOT NULL REFERENCES directions (id),
    verdict        TEXT      NOT NULL,
    reason         TEXT      NOT NULL,
    next_review_on DATE,
    -- The track it becomes.
    track          TEXT,
    reviewed_by    TEXT      NOT NULL,
    created_at     TIMESTAMP NOT NULL
);
CREATE INDEX direction_reviews_direction ON direction_reviews (direction_id, id);
