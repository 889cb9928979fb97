-- What puts a member on watch and since when; how a candidate was found.
ALTER TABLE memberships ADD COLUMN watch_trigger TEXT;
ALTER TABLE memberships ADD COLUMN watched_since TIMESTAMP;
ALTER TABLE memberships ADD COLUMN source_detail TEXT;

-- What a membership was and when: one row per state, the last one open. Answers what held on a past day.
CREATE TABLE membership_spans (
    membership_id TEXT      NOT NULL REFERENCES memberships (id),
    -- The version of the membership that began it.
    seq           BIGINT    NOT NULL,
    state         TEXT      NOT NULL,
    tier          TEXT,
    from_at       TIMESTAMP NOT NULL,
    to_at         TIMESTAMP,
    PRIMARY KEY (membership_id, seq)
);
INSERT INTO membership_spans (membership_id, seq, state, tier, from_at)
SELECT id, version, state, tier, created_at FROM memberships;

-- Whose title was revoked for fault may not apply until the day after.
CREATE TABLE reentry_bars (
    id            TEXT      NOT NULL PRIMARY KEY,
    enterprise_id TEXT      NOT NULL REFERENCES enterprises (id),
    membership_id TEXT      NOT NULL REFERENCES memberships (id),
    decision_id   TEXT      NOT NULL REFERENCES decisions (id),
    basis         TEXT      NOT NULL,
    from_on       DATE      NOT NULL,
    -- The last day of the bar.
    until_on      DATE      NOT NULL,
    created_at    TIMESTAMP NOT NULL
);
CREATE INDEX reentry_bars_enterprise ON reentry_bars (enterprise_id, until_on);
