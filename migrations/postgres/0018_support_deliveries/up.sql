-- What enterprises have received from all programmes, one line each.
CREATE TABLE support_deliveries (
    id            text      NOT NULL PRIMARY KEY,
    enterprise_id text      NOT NULL REFERENCES enterprises (id),
    plan_id       text      REFERENCES support_plans (id),
    item_id       text      REFERENCES support_items (id),
    -- The budget line of the plan that pays.
    budget_line   text,
    kind          text      NOT NULL,
    category      text      NOT NULL,
    programme     text      NOT NULL,
    source        text      NOT NULL,
    budget_year   integer   NOT NULL,
    planned_fen   bigint    NOT NULL,
    approved_fen  bigint    NOT NULL,
    paid_fen      bigint    NOT NULL,
    -- Square metres of space, talent places, or introductions.
    quantity      bigint    NOT NULL,
    document      text      NOT NULL,
    invoice       text,
    contract      text,
    cost_item     text,
    period_from   date,
    period_to     date,
    -- Some double funding is not cleared yet.
    flagged       boolean   NOT NULL,
    recorded_by   text      NOT NULL,
    recorded_at   timestamp NOT NULL,
    version       bigint    NOT NULL
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
    id          text      NOT NULL PRIMARY KEY,
    -- The line recorded later.
    delivery_id text      NOT NULL,
    other_id    text      NOT NULL,
    ground      text      NOT NULL,
    raised_at   timestamp NOT NULL,
    cleared_by  text,
    cleared_at  timestamp,
    reason      text,
    UNIQUE (delivery_id, other_id, ground)
);
CREATE INDEX support_funding_flags_other ON support_funding_flags (other_id, id);
