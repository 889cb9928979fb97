-- What is kept for a time only is found by its age.
CREATE INDEX sessions_expiry ON sessions (expires_at);
CREATE INDEX account_codes_expiry ON account_codes (expires_at);
CREATE INDEX mails_sent ON mails (state, sent_at);
