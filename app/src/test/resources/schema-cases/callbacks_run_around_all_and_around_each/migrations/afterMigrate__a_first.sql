INSERT INTO seen (what) VALUES ('afterMigrate a');
