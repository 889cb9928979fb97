-- What a person is told: their inbox, and what is still to be mailed of it.
CREATE TABLE messages (
    id            TEXT      NOT NULL PRIMARY KEY,
    user_id       TEXT      NOT NULL REFERENCES users(id),
    notice        TEXT      NOT NULL,
    subject_kind  TEXT      NOT NULL,
    subject_id    TEXT      NOT NULL,
    enterprise_id TEXT,
    own           BOOLEAN   NOT NULL,
    content       TEXT      NOT NULL,
    due_on        DATE,
    mailing       TEXT      NOT NULL,
    occasion      TEXT,
    created_at    TIMESTAMP NOT NULL,
    read_at       TIMESTAMP
);
CREATE INDEX messages_inbox ON messages (user_id, id);
CREATE INDEX messages_unread ON messages (user_id, read_at, id);
CREATE INDEX messages_mailing ON messages (mailing, id);
CREATE INDEX messages_age ON messages (created_at);
-- A reminder is given once.
CREATE UNIQUE INDEX messages_occasion ON messages (occasion);

CREATE TABLE message_preferences (
    user_id    TEXT      NOT NULL PRIMARY KEY REFERENCES users(id),
    choices    TEXT      NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version    BIGINT    NOT NULL
);
