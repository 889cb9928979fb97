DROP TABLE message_preferences;
DROP TABLE messages;
