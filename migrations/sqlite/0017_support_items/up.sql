CREATE TABLE support_visits (
    id            TEXT      NOT NULL PRIMARY KEY,
    enterprise_id TEXT      NOT NULL REFERENCES enterprises (id),
    visited_on    DATE      NOT NULL,
    way           TEXT      NOT NULL,
    visitors      TEXT      NOT NULL,
    met           TEXT      NOT NULL,
    topics        TEXT      NOT NULL,
    next_on       DATE,
    written_by    TEXT      NOT NULL,
    written_at    TIMESTAMP NOT NULL
);
CREATE INDEX support_visits_enterprise ON support_visits (enterprise_id, visited_on, id);
CREATE INDEX support_visits_day ON support_visits (visited_on, id);

-- Problems, needs and measures of enterprises; the four lists are views of this one set.
CREATE TABLE support_items (
    id             TEXT      NOT NULL PRIMARY KEY,
    enterprise_id  TEXT      NOT NULL REFERENCES enterprises (id),
    plan_id        TEXT      REFERENCES support_plans (id),
    -- The measure of the plan that the item carries out.
    measure        TEXT,
    visit_id       TEXT      REFERENCES support_visits (id),
    -- The item whose bad rating this one follows up.
    refers_to      TEXT,
    kind           TEXT      NOT NULL,
    source         TEXT      NOT NULL,
    category       TEXT      NOT NULL,
    title          TEXT      NOT NULL,
    description    TEXT      NOT NULL,
    state          TEXT      NOT NULL,
    -- False once closed or explained.
    open           BOOLEAN   NOT NULL,
    department_id  TEXT      REFERENCES departments (id),
    -- Who took it on in the office.
    officer_id     TEXT      REFERENCES users (id),
    raised_by      TEXT      NOT NULL,
    raised_at      TIMESTAMP NOT NULL,
    assigned_at    TIMESTAMP,
    -- The first answer of a unit.
    answered_at    TIMESTAMP,
    -- What the unit promised.
    due_on         DATE,
    -- The deadline that runs now; 9999-12-31 when none does, so that one index serves the board.
    deadline_on    DATE      NOT NULL,
    escalation     TEXT      NOT NULL,
    extended       BOOLEAN   NOT NULL,
    suspended_on   DATE,
    suspended_from TEXT,
    evidence_count INTEGER   NOT NULL,
    completed_at   TIMESTAMP,
    on_time        BOOLEAN,
    confirmed_at   TIMESTAMP,
    -- The enterprise's, 1 to 5.
    rating         INTEGER,
    closed_at      TIMESTAMP,
    version        BIGINT    NOT NULL
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
    id        TEXT      NOT NULL PRIMARY KEY,
    item_id   TEXT      NOT NULL REFERENCES support_items (id),
    step      TEXT      NOT NULL,
    -- Null when the clock did it.
    user_id   TEXT      REFERENCES users (id),
    at        TIMESTAMP NOT NULL,
    note      TEXT      NOT NULL,
    documents TEXT      NOT NULL
);
CREATE INDEX support_item_entries_item ON support_item_entries (item_id, id);

CREATE TABLE support_escalations (
    id            TEXT      NOT NULL PRIMARY KEY,
    item_id       TEXT      NOT NULL REFERENCES support_items (id),
    level         TEXT      NOT NULL,
    department_id TEXT      REFERENCES departments (id),
    deadline_on   DATE      NOT NULL,
    at            TIMESTAMP NOT NULL
);
CREATE INDEX support_escalations_item ON support_escalations (item_id, id);
