CREATE TABLE support_visits (
    id            text      NOT NULL PRIMARY KEY,
    enterprise_id text      NOT NULL REFERENCES enterprises (id),
    visited_on    date      NOT NULL,
    way           text      NOT NULL,
    visitors      text      NOT NULL,
    met           text      NOT NULL,
    topics        text      NOT NULL,
    next_on       date,
    written_by    text      NOT NULL,
    written_at    timestamp NOT NULL
);
CREATE INDEX support_visits_enterprise ON support_visits (enterprise_id, visited_on, id);
CREATE INDEX support_visits_day ON support_visits (visited_on, id);

-- Problems, needs and measures of enterprises; the four lists are views of this one set.
CREATE TABLE support_items (
    id             text      NOT NULL PRIMARY KEY,
    enterprise_id  text      NOT NULL REFERENCES enterprises (id),
    plan_id        text      REFERENCES support_plans (id),
    -- The measure of the plan that the item carries out.
    measure        text,
    visit_id       text      REFERENCES support_visits (id),
    -- The item whose bad rating this one follows up.
    refers_to      text,
    kind           text      NOT NULL,
    source         text      NOT NULL,
    category       text      NOT NULL,
    title          text      NOT NULL,
    description    text      NOT NULL,
    state          text      NOT NULL,
    -- False once closed or explained.
    open           boolean   NOT NULL,
    department_id  text      REFERENCES departments (id),
    -- Who took it on in the office.
    officer_id     text      REFERENCES users (id),
    raised_by      text      NOT NULL,
    raised_at      timestamp NOT NULL,
    assigned_at    timestamp,
    -- The first answer of a unit.
    answered_at    timestamp,
    -- What the unit promised.
    due_on         date,
    -- The deadline that runs now; 9999-12-31 when none does, so that one index serves the board.
    deadline_on    date      NOT NULL,
    escalation     text      NOT NULL,
    extended       boolean   NOT NULL,
    suspended_on   date,
    suspended_from text,
    evidence_count integer   NOT NULL,
    completed_at   timestamp,
    on_time        boolean,
    confirmed_at   timestamp,
    -- The enterprise's, 1 to 5.
    rating         integer,
    closed_at      timestamp,
    version        bigint    NOT NULL
);
CREATE INDEX support_items_deadline ON support_items (open, deadline_on, id);
CREATE INDEX support_items_unit ON support_items (department_id, open, deadline_on, id);
CREATE INDEX support_items_unit_state ON support_items (department_id, state, deadline_on, id);
CREATE INDEX support_items_by_unit ON support_items (open, department_id, state, deadline_on, id);
CREATE INDEX support_items_state ON support_items (state, deadline_on, id);
CREATE INDEX support_items_kind ON support_items (kind, open, deadline_on, id);
CREATE INDEX support_items_escalation ON support_items (escalation, open, deadline_on, id);
CREATE INDEX support_items_enterprise ON support_items (enterprise_id, open, deadline_on, id);
CREATE INDEX support_items_plan ON support_items (plan_id, open, deadline_on, id);
CREATE INDEX support_items_visit ON support_items (visit_id, id);
CREATE INDEX support_items_closed ON support_items (closed_at, id);

-- What was said and shown about an item, step by step.
CREATE TABLE support_item_entries (
    id        text      NOT NULL PRIMARY KEY,
    item_id   text      NOT NULL REFERENCES support_items (id),
    step      text      NOT NULL,
    -- Null when the clock did it.
    user_id   text      REFERENCES users (id),
    at        timestamp NOT NULL,
    note      text      NOT NULL,
    documents text      NOT NULL
);
CREATE INDEX support_item_entries_item ON support_item_entries (item_id, id);

CREATE TABLE support_escalations (
    id            text      NOT NULL PRIMARY KEY,
    item_id       text      NOT NULL REFERENCES support_items (id),
    level         text      NOT NULL,
    department_id text      REFERENCES departments (id),
    deadline_on   date      NOT NULL,
    at            timestamp NOT NULL
);
CREATE INDEX support_escalations_item ON support_escalations (item_id, id);
