-- Responsible units, and the clerks who act for them.
CREATE TABLE departments (
    id         text      NOT NULL PRIMARY KEY,
    code       text      NOT NULL UNIQUE,
    name       text      NOT NULL,
    open       boolean   NOT NULL,
    created_at timestamp NOT NULL,
    closed_at  timestamp,
    version    bigint    NOT NULL
);

CREATE TABLE department_members (
    department_id text      NOT NULL REFERENCES departments (id),
    user_id       text      NOT NULL REFERENCES users (id),
    added_at      timestamp NOT NULL,
    PRIMARY KEY (department_id, user_id)
);
CREATE INDEX department_members_user ON department_members (user_id, department_id);

-- One plan per membership and year; what it says stands in its revisions.
CREATE TABLE support_plans (
    id            text      NOT NULL PRIMARY KEY,
    membership_id text      NOT NULL REFERENCES memberships (id),
    enterprise_id text      NOT NULL REFERENCES enterprises (id),
    -- As they were when the plan was made: plans are compared by them.
    tier          text      NOT NULL,
    track         text,
    year          integer   NOT NULL,
    state         text      NOT NULL,
    -- The number of the revision that counts.
    revision      integer   NOT NULL,
    officer_a     text      NOT NULL REFERENCES users (id),
    officer_b     text      REFERENCES users (id),
    -- Since then the enterprise sees it.
    consulted_at  timestamp,
    confirmed_at  timestamp,
    mid_review    text,
    evaluation    text,
    score         integer,
    -- Goals reached, of a million.
    attained_ppm  bigint,
    created_by    text      NOT NULL,
    created_at    timestamp NOT NULL,
    updated_at    timestamp NOT NULL,
    closed_at     timestamp,
    version       bigint    NOT NULL,
    UNIQUE (membership_id, year)
);
CREATE INDEX support_plans_year ON support_plans (year, state, id);
CREATE INDEX support_plans_state ON support_plans (state, id);
CREATE INDEX support_plans_enterprise ON support_plans (enterprise_id, id);
CREATE INDEX support_plans_similar ON support_plans (tier, track, state, id);

-- The first is edited until both sides have confirmed it; every later one is a change request.
CREATE TABLE support_plan_revisions (
    id            text      NOT NULL PRIMARY KEY,
    plan_id       text      NOT NULL REFERENCES support_plans (id),
    number        integer   NOT NULL,
    state         text      NOT NULL,
    content       text      NOT NULL,
    side          text      NOT NULL,
    reason        text,
    made_by       text      NOT NULL,
    made_at       timestamp NOT NULL,
    office_by     text,
    office_at     timestamp,
    enterprise_by text,
    enterprise_at timestamp,
    -- What the other side said when it refused.
    answer        text,
    UNIQUE (plan_id, number)
);
CREATE INDEX support_plan_revisions_state ON support_plan_revisions (plan_id, state);

-- The units named in a confirmed plan: they may read it.
CREATE TABLE support_plan_departments (
    plan_id       text NOT NULL REFERENCES support_plans (id),
    department_id text NOT NULL REFERENCES departments (id),
    PRIMARY KEY (plan_id, department_id)
);
CREATE INDEX support_plan_departments_unit ON support_plan_departments (department_id, plan_id);
