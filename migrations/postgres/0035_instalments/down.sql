ALTER TABLE loans DROP COLUMN instalments;
