DROP INDEX decisions_preparer;
DROP TABLE compensation_recoveries;
DROP TABLE compensation_claims;
DROP TABLE pool_balances;
DROP TABLE pool_postings;
DROP TABLE pool_transactions;
DROP TABLE pool_accounts;
