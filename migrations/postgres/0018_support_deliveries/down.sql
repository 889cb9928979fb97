DROP TABLE support_funding_flags;
DROP TABLE support_deliveries;
