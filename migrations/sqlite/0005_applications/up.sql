CREATE TABLE applications (
    id              TEXT      NOT NULL PRIMARY KEY,
    round_id        TEXT      NOT NULL REFERENCES rounds (id),
    enterprise_id   TEXT      NOT NULL REFERENCES enterprises (id),
    tier            TEXT      NOT NULL,
    lane            TEXT      NOT NULL,
    state           TEXT      NOT NULL,
    -- False once withdrawn, rejected, not selected, denied or void: the place in the lane is free again.
    live            BOOLEAN   NOT NULL,
    form            TEXT      NOT NULL,
    submitted_at    TIMESTAMP,
    snapshot_id     TEXT,
    returns_used    INTEGER   NOT NULL,
    return_due_on   DATE,
    -- What the accepting officer judged: answers to the questions only a person can judge, and why.
    judgement       TEXT,
    created_by      TEXT      NOT NULL,
    created_at      TIMESTAMP NOT NULL,
    updated_at      TIMESTAMP NOT NULL,
    version         BIGINT    NOT NULL
);
CREATE UNIQUE INDEX applications_one_live ON applications (enterprise_id, round_id, lane) WHERE live;
CREATE INDEX applications_state ON applications (state, id);
CREATE INDEX applications_round ON applications (round_id, state, id);
CREATE INDEX applications_round_tier ON applications (round_id, tier, id);
CREATE INDEX applications_enterprise ON applications (enterprise_id, id);
CREATE INDEX applications_due ON applications (state, return_due_on);

-- What was submitted, frozen: figures, evaluation and the rule set they were judged by.
CREATE TABLE application_snapshots (
    id             TEXT      NOT NULL PRIMARY KEY,
    application_id TEXT      NOT NULL REFERENCES applications (id),
    number         INTEGER   NOT NULL,
    rule_set_id    TEXT      NOT NULL REFERENCES rule_sets (id),
    as_of          DATE      NOT NULL,
    base_year      INTEGER   NOT NULL,
    form           TEXT      NOT NULL,
    figures        TEXT      NOT NULL,
    evaluation     TEXT      NOT NULL,
    outcome        TEXT      NOT NULL,
    created_at     TIMESTAMP NOT NULL,
    UNIQUE (application_id, number)
);

CREATE TABLE application_returns (
    id             TEXT      NOT NULL PRIMARY KEY,
    application_id TEXT      NOT NULL REFERENCES applications (id),
    number         INTEGER   NOT NULL,
    items          TEXT      NOT NULL,
    due_on         DATE      NOT NULL,
    returned_by    TEXT      NOT NULL,
    at             TIMESTAMP NOT NULL,
    resubmitted_at TIMESTAMP,
    UNIQUE (application_id, number)
);

-- Unmet leaves of the gate that an approved decision lets pass, in the one submission the decision was about.
CREATE TABLE application_overrides (
    id             TEXT      NOT NULL PRIMARY KEY,
    application_id TEXT      NOT NULL REFERENCES applications (id),
    snapshot_id    TEXT      NOT NULL REFERENCES application_snapshots (id),
    leaf_code      TEXT      NOT NULL,
    reason         TEXT      NOT NULL,
    decision_id    TEXT      NOT NULL REFERENCES decisions (id),
    at             TIMESTAMP NOT NULL,
    UNIQUE (snapshot_id, leaf_code)
);
