-- When members report the figures of the year before, and what counts as a jump that has to be explained.
CREATE TABLE update_windows (
    year       INTEGER   NOT NULL PRIMARY KEY,
    opens_on   DATE      NOT NULL,
    due_on     DATE      NOT NULL,
    -- So many days after due_on who has not reported is watched.
    late_days  INTEGER   NOT NULL,
    change_ppm BIGINT    NOT NULL,
    drop_ppm   BIGINT    NOT NULL,
    -- When the late were put on watch.
    swept_at   TIMESTAMP,
    created_by TEXT      NOT NULL,
    created_at TIMESTAMP NOT NULL,
    version    BIGINT    NOT NULL
);

CREATE TABLE annual_updates (
    id            TEXT      NOT NULL PRIMARY KEY,
    year          INTEGER   NOT NULL REFERENCES update_windows (year),
    enterprise_id TEXT      NOT NULL REFERENCES enterprises (id),
    state         TEXT      NOT NULL,
    -- JSON: indicator -> value, reason, what an officer said of it.
    entries       TEXT      NOT NULL,
    submitted_at  TIMESTAMP,
    created_at    TIMESTAMP NOT NULL,
    updated_at    TIMESTAMP NOT NULL,
    version       BIGINT    NOT NULL,
    UNIQUE (year, enterprise_id)
);
CREATE INDEX annual_updates_state ON annual_updates (state, id);
CREATE INDEX annual_updates_year ON annual_updates (year, state, id);
CREATE INDEX annual_updates_enterprise ON annual_updates (enterprise_id, id);
