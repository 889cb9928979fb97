DROP TABLE enterprise_facts;
DROP TABLE annual_metrics;
DROP TABLE enterprise_claims;
DROP TABLE enterprise_members;
DROP TABLE enterprise_tracks;
DROP TABLE enterprise_name_grams;
DROP TABLE enterprises;
