-- Responsible units, and the clerks who act for them.
CREATE TABLE departments (
    id         TEXT      NOT NULL PRIMARY KEY,
    code       TEXT      NOT NULL UNIQUE,
    name       TEXT      NOT NULL,
    open       BOOLEAN   NOT NULL,
    created_at TIMESTAMP NOT NULL,
    closed_at  TIMESTAMP,
    version    BIGINT    NOT NULL
);

CREATE TABLE department_members (
    department_id TEXT      NOT NULL REFERENCES departments (id),
    user_id       TEXT      NOT NULL REFERENCES users (id),
    added_at      TIMESTAMP NOT NULL,
    PRIMARY KEY (department_id, user_id)
);
CREATE INDEX department_members_user ON department_members (user_id, department_id);

-- One plan per membership and year; what it says stands in its revisions.
CREATE TABLE support_plans (
    id            TEXT      NOT NULL PRIMARY KEY,
    membership_id TEXT      NOT NULL REFERENCES memberships (id),
    enterprise_id TEXT      NOT NULL REFERENCES enterprises (id),
    -- As they were when the plan was made: plans are compared by them.
    tier          TEXT      NOT NULL,
    track         TEXT,
    year          INTEGER   NOT NULL,
    state         TEXT      NOT NULL,
    -- The number of the revision that counts.
    revision      INTEGER   NOT NULL,
    officer_a     TEXT      NOT NULL REFERENCES users (id),
    officer_b     TEXT      REFERENCES users (id),
    -- Since then the enterprise sees it.
    consulted_at  TIMESTAMP,
    confirmed_at  TIMESTAMP,
    mid_review    TEXT,
    evaluation    TEXT,
    score         INTEGER,
    -- Goals reached, of a million.
    attained_ppm  BIGINT,
    created_by    TEXT      NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    updated_at    TIMESTAMP NOT NULL,
    closed_at     TIMESTAMP,
    version       BIGINT    NOT NULL,
    UNIQUE (membership_id, year)
);
CREATE INDEX support_plans_year ON support_plans (year, state, id);
CREATE INDEX support_plans_state ON support_plans (state, id);
CREATE INDEX support_plans_enterprise ON support_plans (enterprise_id, id);
CREATE INDEX support_plans_similar ON support_plans (tier, track, state, id);

-- The first is edited until both sides have confirmed it; every later one is a change request.
CREATE TABLE support_plan_revisions (
    id            TEXT      NOT NULL PRIMARY KEY,
    plan_id       TEXT      NOT NULL REFERENCES support_plans (id),
    number        INTEGER   NOT NULL,
    state         TEXT      NOT NULL,
    content       TEXT      NOT NULL,
    side          TEXT      NOT NULL,
    reason        TEXT,
    made_by       TEXT      NOT NULL,
    made_at       TIMESTAMP NOT NULL,
    office_by     TEXT,
    office_at     TIMESTAMP,
    enterprise_by TEXT,
    enterprise_at TIMESTAMP,
    -- What the other side said when it refused.
    answer        TEXT,
    UNIQUE (plan_id, number)
);
CREATE INDEX support_plan_revisions_state ON support_plan_revisions (plan_id, state);

-- The units named in a confirmed plan: they may read it.
CREATE TABLE support_plan_departments (
    plan_id       TEXT NOT NULL REFERENCES support_plans (id),
    department_id TEXT NOT NULL REFERENCES departments (id),
    PRIMARY KEY (plan_id, department_id)
);
CREATE INDEX support_plan_departments_unit ON support_plan_departments (department_id, plan_id);
