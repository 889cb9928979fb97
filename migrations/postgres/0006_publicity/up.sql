CREATE TABLE notices (
    id           text      NOT NULL PRIMARY KEY,
    kind         text      NOT NULL,
    title        text      NOT NULL,
    body         text      NOT NULL,
    round_id     text,
    starts_on    date      NOT NULL,
    ends_on      date      NOT NULL,
    published_at timestamp NOT NULL,
    published_by text      NOT NULL,
    version      bigint    NOT NULL
);
CREATE INDEX notices_kind ON notices (kind, id);

-- What a notice is about, with the fields everybody may read, frozen at publication.
CREATE TABLE notice_subjects (
    id           text    NOT NULL PRIMARY KEY,
    notice_id    text    NOT NULL REFERENCES notices (id),
    position     integer NOT NULL,
    subject_kind text    NOT NULL,
    subject_id   text    NOT NULL,
    public       text    NOT NULL,
    UNIQUE (notice_id, position)
);
CREATE INDEX notice_subjects_subject ON notice_subjects (subject_kind, subject_id);

CREATE TABLE objections (
    id            text      NOT NULL PRIMARY KEY,
    notice_id     text      NOT NULL REFERENCES notices (id),
    subject_kind  text      NOT NULL,
    subject_id    text      NOT NULL,
    state         text      NOT NULL,
    objector_name text      NOT NULL,
    contact       text      NOT NULL,
    content       text      NOT NULL,
    evidence      text      NOT NULL,
    filed_at      timestamp NOT NULL,
    due_on        date      NOT NULL,
    handler       text,
    -- `upheld` or `dismissed`; stays when the state moves on to `replied`.
    outcome       text,
    answer        text,
    closed_at     timestamp,
    version       bigint    NOT NULL
);
CREATE INDEX objections_state ON objections (state, id);
CREATE INDEX objections_subject ON objections (subject_kind, subject_id, state);
CREATE INDEX objections_notice ON objections (notice_id, id);
