DROP TABLE subsidy_repayments;
DROP TABLE subsidy_claw_backs;
DROP TABLE subsidy_payments;
DROP TABLE payment_batches;
DROP TABLE subsidy_claim_loans;
DROP TABLE subsidy_claims;
DROP TABLE subsidy_budgets;
