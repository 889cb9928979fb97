-- The same mail as HTML, beside its text; emptied with it once sent.
ALTER TABLE mails ADD COLUMN html TEXT NOT NULL DEFAULT '';
