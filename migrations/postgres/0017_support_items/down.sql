DROP TABLE support_escalations;
DROP TABLE support_item_entries;
DROP TABLE support_items;
DROP TABLE support_visits;
