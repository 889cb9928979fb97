DROP TABLE round_invitations;
DROP TABLE promotion_gaps;
