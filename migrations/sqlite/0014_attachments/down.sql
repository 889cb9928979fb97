ALTER TABLE rounds DROP COLUMN evidence_required;
ALTER TABLE rounds DROP COLUMN certification;
DROP TABLE application_certifications;
DROP TABLE application_snapshot_files;
DROP TABLE attachments;
