CREATE TABLE applications (
    id              text      NOT NULL PRIMARY KEY,
    round_id        text      NOT NULL REFERENCES rounds (id),
    enterprise_id   text      NOT NULL REFERENCES enterprises (id),
    tier            text      NOT NULL,
    lane            text      NOT NULL,
    state           text      NOT NULL,
    -- False once withdrawn, rejected, not selected, denied or void: the place in the lane is free again.
    live            boolean   NOT NULL,
    form            text      NOT NULL,
    submitted_at    timestamp,
    snapshot_id     text,
    returns_used    integer   NOT NULL,
    return_due_on   date,
    -- What the accepting officer judged: answers to the questions only a person can judge, and why.
    judgement       text,
    created_by      text      NOT NULL,
    created_at      timestamp NOT NULL,
    updated_at      timestamp NOT NULL,
    version         bigint    NOT NULL
);
CREATE UNIQUE INDEX applications_one_live ON applications (enterprise_id, round_id, lane) WHERE live;
CREATE INDEX applications_state ON applications (state, id);
CREATE INDEX applications_round ON applications (round_id, state, id);
CREATE INDEX applications_round_tier ON applications (round_id, tier, id);
CREATE INDEX applications_enterprise ON applications (enterprise_id, id);
CREATE INDEX applications_due ON applications (state, return_due_on);

-- What was submitted, frozen: figures, evaluation and the rule set they were judged by.
CREATE TABLE application_snapshots (
    id             text      NOT NULL PRIMARY KEY,
    application_id text      NOT NULL REFERENCES applications (id),
    number         integer   NOT NULL,
    rule_set_id    text      NOT NULL REFERENCES rule_sets (id),
    as_of          date      NOT NULL,
    base_year      integer   NOT NULL,
    form           text      NOT NULL,
    figures        text      NOT NULL,
    evaluation     text      NOT NULL,
    outcome        text      NOT NULL,
    created_at     timestamp NOT NULL,
    UNIQUE (application_id, number)
);

CREATE TABLE application_returns (
    id             text      NOT NULL PRIMARY KEY,
    application_id text      NOT NULL REFERENCES applications (id),
    number         integer   NOT NULL,
    items          text      NOT NULL,
    due_on         date      NOT NULL,
    returned_by    text      NOT NULL,
    at             timestamp NOT NULL,
    resubmitted_at timestamp,
    UNIQUE (application_id, number)
);

-- Unmet leaves of the gate that an approved decision lets pass, in the one submission the decision was about.
CREATE TABLE application_overrides (
    id             text      NOT NULL PRIMARY KEY,
    application_id text      NOT NULL REFERENCES applications (id),
    snapshot_id    text      NOT NULL REFERENCES application_snapshots (id),
    leaf_code      text      NOT NULL,
    reason         text      NOT NULL,
    decision_id    text      NOT NULL REFERENCES decisions (id),
    at             timestamp NOT NULL,
    UNIQUE (snapshot_id, leaf_code)
);
