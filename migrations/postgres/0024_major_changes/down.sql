DROP TABLE enterprise_mergers;
DROP TABLE major_changes;
