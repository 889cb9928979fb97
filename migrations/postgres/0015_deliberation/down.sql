DROP TABLE feedbacks;
DROP TABLE release_items;
DROP TABLE round_minutes;
DROP TABLE ranking_moves;
DROP TABLE site_visits;
