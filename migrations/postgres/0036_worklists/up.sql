-- The re-checks of a draw are listed.
CREATE INDEX rechecks_draw ON rechecks (draw_id, id);
-- So is where somebody waits to be verified.
CREATE INDEX enterprise_members_unverified ON enterprise_members (enterprise_id) WHERE NOT verified AND ended_at IS NULL;
