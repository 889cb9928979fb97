DROP INDEX enterprise_members_unverified;
DROP INDEX rechecks_draw;
