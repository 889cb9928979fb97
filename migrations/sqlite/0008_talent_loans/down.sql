DROP TABLE loan_entries;
DROP TABLE loans;
DROP TABLE lpr_rates;
DROP TABLE loan_schemes;
DROP TABLE talent_employments;
DROP TABLE talents;
DROP TABLE bank_users;
DROP TABLE banks;
