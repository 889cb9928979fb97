DROP TABLE holiday_years;
DROP TABLE rule_sets;
