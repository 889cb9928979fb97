CREATE TABLE notices (
    id           TEXT      NOT NULL PRIMARY KEY,
    kind         TEXT      NOT NULL,
    title        TEXT      NOT NULL,
    body         TEXT      NOT NULL,
    round_id     TEXT,
    starts_on    DATE      NOT NULL,
    ends_on      DATE      NOT NULL,
    published_at TIMESTAMP NOT NULL,
    published_by TEXT      NOT NULL,
    version      BIGINT    NOT NULL
);
CREATE INDEX notices_kind ON notices (kind, id);

-- What a notice is about, with the fields everybody may read, frozen at publication.
CREATE TABLE notice_subjects (
    id           TEXT    NOT NULL PRIMARY KEY,
    notice_id    TEXT    NOT NULL REFERENCES notices (id),
    position     INTEGER NOT NULL,
    subject_kind TEXT    NOT NULL,
    subject_id   TEXT    NOT NULL,
    public       TEXT    NOT NULL,
    UNIQUE (notice_id, position)
);
CREATE INDEX notice_subjects_subject ON notice_subjects (subject_kind, subject_id);

CREATE TABLE objections (
    id            TEXT      NOT NULL PRIMARY KEY,
    notice_id     TEXT      NOT NULL REFERENCES notices (id),
    subject_kind  TEXT      NOT NULL,
    subject_id    TEXT      NOT NULL,
    state         TEXT      NOT NULL,
    objector_name TEXT      NOT NULL,
    contact       TEXT      NOT NULL,
    content       TEXT      NOT NULL,
    evidence      TEXT      NOT NULL,
    filed_at      TIMESTAMP NOT NULL,
    due_on        DATE      NOT NULL,
    handler       TEXT,
    -- `upheld` or `dismissed`; stays when the state moves on to `replied`.
    outcome       TEXT,
    answer        TEXT,
    closed_at     TIMESTAMP,
    version       BIGINT    NOT NULL
);
CREATE INDEX objections_state ON objections (state, id);
CREATE INDEX objections_subject ON objections (subject_kind, subject_id, state);
CREATE INDEX objections_notice ON objections (notice_id, id);
