DROP INDEX mails_sent;
DROP INDEX account_codes_expiry;
DROP INDEX sessions_expiry;
