DROP TABLE annual_updates;
DROP TABLE update_windows;
