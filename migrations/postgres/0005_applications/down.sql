DROP TABLE application_overrides;
DROP TABLE application_returns;
DROP TABLE application_snapshots;
DROP TABLE applications;
