DROP TABLE rechecks;
DROP TABLE recheck_draws;
