-- A random choice of members to look at again, kept so that it can be drawn again for ever.
CREATE TABLE recheck_draws (
    id         TEXT      NOT NULL PRIMARY KEY,
    -- How many of the candidates, in ppm, rounded up.
    share_ppm  BIGINT    NOT NULL,
    -- 32 random bytes in hexadecimal.
    seed       TEXT      NOT NULL,
    -- JSON lists of membership ids: who could be drawn, and who was, in the order of the draw.
    candidates TEXT      NOT NULL,
    drawn      TEXT      NOT NULL,
    drawn_by   TEXT      NOT NULL,
    created_at TIMESTAMP NOT NULL
);

-- A member is looked at again: by what reason, with which figures, and what came of it.
CREATE TABLE rechecks (
    id            TEXT      NOT NULL PRIMARY KEY,
    membership_id TEXT      NOT NULL REFERENCES memberships (id),
    enterprise_id TEXT      NOT NULL REFERENCES enterprises (id),
    cause         TEXT      NOT NULL,
    draw_id       TEXT      REFERENCES recheck_draws (id),
    note          TEXT,
    state         TEXT      NOT NULL,
    rule_set_id   TEXT      NOT NULL REFERENCES rule_sets (id),
    as_of         DATE      NOT NULL,
    -- JSON: the figures, and how they stand to the member's tier and to the next one.
    figures       TEXT      NOT NULL,
    evaluation    TEXT      NOT NULL,
    next_evaluation TEXT,
    outcome       TEXT,
    basis         TEXT,
    opened_by     TEXT      NOT NULL,
    opened_at     TIMESTAMP NOT NULL,
    concluded_at  TIMESTAMP,
    version       BIGINT    NOT NULL
);
CREATE INDEX rechecks_state ON rechecks (state, id);
CREATE INDEX rechecks_membership ON rechecks (membership_id, id);
CREATE INDEX rechecks_enterprise ON rechecks (enterprise_id, id);
