INSERT INTO seen (what) VALUES ('afterMigrate b');
