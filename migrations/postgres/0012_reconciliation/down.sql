DROP INDEX pool_transactions_day;
DROP INDEX loans_due;
DROP TABLE bank_assessments;
DROP TABLE closed_periods;
DROP TABLE difference_explanations;
DROP TABLE statement_lines;
