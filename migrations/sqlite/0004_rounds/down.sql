DROP TABLE round_extensions;
DROP TABLE rounds;
