-- What enterprises have received from all programmes, one line each.
CREATE TABLE support_deliveries (
    id            TEXT      NOT NULL PRIMARY KEY,
    enterprise_id TEXT      NOT NULL REFERENCES enterprises (id),
    plan_id       TEXT      REFERENCES support_plans (id),
    item_id       TEXT      REFERENCES support_items (id),
    -- The budget line of the plan that pays.
    budget_line   TEXT,
    kind          TEXT      NOT NULL,
    category      TEXT      NOT NULL,
    programme     TEXT      NOT NULL,
    source        TEXT      NOT NULL,
    budget_year   INTEGER   NOT NULL,
    planned_fen   BIGINT    NOT NULL,
    approved_fen  BIGINT    NOT NULL,
    paid_fen      BIGINT    NOT NULL,
    -- Square metres of space, talent places, or introductions.
    quantity      BIGINT    NOT NULL,
    document      TEXT      NOT NULL,
    invoice       TEXT,
    contract      TEXT,
    cost_item     TEXT,
    period_from   DATE,
    period_to     DATE,
    -- Some double funding is not cleared yet.
    flagged       BOOLEAN   NOT NULL,
    recorded_by   TEXT      NOT NULL,
    recorded_at   TIMESTAMP NOT NULL,
    version       BIGINT    NOT NULL
);
CREATE INDEX support_deliveries_enterprise ON support_deliveries (enterprise_id, id);
CREATE INDEX support_deliveries_plan ON support_deliveries (plan_id, budget_line);
CREATE INDEX support_deliveries_year ON support_deliveries (budget_year, source, id);
CREATE INDEX support_deliveries_invoice ON support_deliveries (invoice);
CREATE INDEX support_deliveries_contract ON support_deliveries (contract);
CREATE INDEX support_deliveries_cost_item ON support_deliveries (enterprise_id, cost_item);
CREATE INDEX support_deliveries_flagged ON support_deliveries (flagged, id);

-- Two lines that seem to pay for the same thing.
CREATE TABLE support_funding_flags (
    id          TEXT      NOT NULL PRIMARY KEY,
    -- The line recorded later.
    delivery_id TEXT      NOT NULL,
    other_id    TEXT      NOT NULL,
    ground      TEXT      NOT NULL,
    raised_at   TIMESTAMP NOT NULL,
    cleared_by  TEXT,
    cleared_at  TIMESTAMP,
    reason      TEXT,
    UNIQUE (delivery_id, other_id, ground)
);
CREATE INDEX support_funding_flags_other ON support_funding_flags (other_id, id);
