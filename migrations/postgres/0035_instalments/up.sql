-- What of the principal is repaid before maturity, as agreed: a JSON list of days and amounts.
ALTER TABLE loans ADD COLUMN instalments TEXT NOT NULL DEFAULT '[]';
