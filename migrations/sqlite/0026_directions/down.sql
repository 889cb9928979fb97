DROP TABLE direction_reviews;
DROP TABLE direction_signals;
DROP TABLE directions;
