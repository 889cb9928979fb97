DROP TABLE reentry_bars;
DROP TABLE membership_spans;
ALTER TABLE memberships DROP COLUMN source_detail;
ALTER TABLE memberships DROP COLUMN watched_since;
ALTER TABLE memberships DROP COLUMN watch_trigger;
