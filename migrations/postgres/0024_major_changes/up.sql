-- What changed about an enterprise of the library, as it was reported, and what came of it.
CREATE TABLE major_changes (
    id            TEXT      NOT NULL PRIMARY KEY,
    enterprise_id TEXT      NOT NULL REFERENCES enterprises (id),
    kind          TEXT      NOT NULL,
    occurred_on   DATE      NOT NULL,
    -- JSON: what the kind of change has to tell.
    detail        TEXT      NOT NULL,
    note          TEXT,
    state         TEXT      NOT NULL,
    -- Reported after the time allowed.
    late          BOOLEAN   NOT NULL,
    reported_by   TEXT      NOT NULL,
    reported_at   TIMESTAMP NOT NULL,
    resolved_by   TEXT,
    resolved_at   TIMESTAMP,
    resolution    TEXT,
    -- JSON list of the re-checks that were opened.
    recheck_ids   TEXT      NOT NULL,
    version       BIGINT    NOT NULL
);
CREATE INDEX major_changes_state ON major_changes (state, id);
CREATE INDEX major_changes_enterprise ON major_changes (enterprise_id, id);

-- An enterprise that has been merged into another one; both records stay.
CREATE TABLE enterprise_mergers (
    change_id      TEXT NOT NULL PRIMARY KEY REFERENCES major_changes (id),
    predecessor_id TEXT NOT NULL REFERENCES enterprises (id),
    successor_id   TEXT NOT NULL,
    merged_on      DATE NOT NULL
);
CREATE INDEX enterprise_mergers_predecessor ON enterprise_mergers (predecessor_id);
CREATE INDEX enterprise_mergers_successor ON enterprise_mergers (successor_id);
