-- What blind reviewers may read of a submission: texts an officer released, by their pointer.
CREATE TABLE redactions (
    snapshot_id    TEXT      NOT NULL PRIMARY KEY REFERENCES application_snapshots (id),
    application_id TEXT      NOT NULL REFERENCES applications (id),
    texts          TEXT      NOT NULL,
    updated_by     TEXT      NOT NULL,
    updated_at     TIMESTAMP NOT NULL,
    version        BIGINT    NOT NULL
);
