-- How far members with a title are from the next tier, by the rule set in force and the figures of the day: written by the worker
-- every day and whenever a figure of the enterprise changes.
CREATE TABLE promotion_gaps (
    membership_id TEXT    NOT NULL PRIMARY KEY REFERENCES memberships (id),
    enterprise_id TEXT    NOT NULL REFERENCES enterprises (id),
    next_tier     TEXT    NOT NULL,
    rule_set_id   TEXT    NOT NULL REFERENCES rule_sets (id),
    as_of         DATE    NOT NULL,
    -- Rules that are failed at least, whatever alternatives are taken.
    unmet         INTEGER NOT NULL,
    -- The largest gap among them as a share of what is needed, in ppm; the largest number there is when one cannot be measured.
    gap_ppm       BIGINT  NOT NULL
);
CREATE INDEX promotion_gaps_closest ON promotion_gaps (unmet, gap_ppm, membership_id);
CREATE INDEX promotion_gaps_tier ON promotion_gaps (next_tier, unmet, gap_ppm, membership_id);
CREATE INDEX promotion_gaps_enterprise ON promotion_gaps (enterprise_id);

-- Who was asked to apply in a round, and for what.
CREATE TABLE round_invitations (
    id            TEXT      NOT NULL PRIMARY KEY,
    round_id      TEXT      NOT NULL REFERENCES rounds (id),
    membership_id TEXT      NOT NULL REFERENCES memberships (id),
    enterprise_id TEXT      NOT NULL REFERENCES enterprises (id),
    tier          TEXT      NOT NULL,
    invited_by    TEXT      NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    UNIQUE (round_id, membership_id)
);
CREATE INDEX round_invitations_round ON round_invitations (round_id, id);
CREATE INDEX round_invitations_enterprise ON round_invitations (enterprise_id, id);
