-- Files of a record. The content lies on object storage.
CREATE TABLE attachments (
    id          TEXT      NOT NULL PRIMARY KEY,
    holder_kind TEXT      NOT NULL,
    holder_id   TEXT      NOT NULL,
    item        TEXT,
    name        TEXT      NOT NULL,
    media_type  TEXT      NOT NULL,
    bytes       BIGINT    NOT NULL,
    sha256      TEXT      NOT NULL,
    object_key  TEXT      NOT NULL,
    uploaded_by TEXT      NOT NULL REFERENCES users (id),
    uploaded_at TIMESTAMP NOT NULL,
    removed_by  TEXT,
    removed_at  TIMESTAMP
);
CREATE INDEX attachments_holder ON attachments (holder_kind, holder_id, id);

-- What a submission was handed in with.
CREATE TABLE application_snapshot_files (
    snapshot_id   TEXT NOT NULL REFERENCES application_snapshots (id),
    attachment_id TEXT NOT NULL REFERENCES attachments (id),
    PRIMARY KEY (snapshot_id, attachment_id)
);
CREATE INDEX application_snapshot_files_attachment ON application_snapshot_files (attachment_id);

-- The legal representative's account signed what the digest stands for.
CREATE TABLE application_certifications (
    id             TEXT      NOT NULL PRIMARY KEY,
    application_id TEXT      NOT NULL REFERENCES applications (id),
    digest         TEXT      NOT NULL,
    certified_by   TEXT      NOT NULL REFERENCES users (id),
    certified_at   TIMESTAMP NOT NULL
);
CREATE INDEX application_certifications_application ON application_certifications (application_id, id);

-- What the round asks of a submission besides the form.
ALTER TABLE rounds ADD COLUMN certification BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE rounds ADD COLUMN evidence_required BOOLEAN NOT NULL DEFAULT FALSE;
