CREATE TABLE IF NOT EXISTS seen (step int GENERATED ALWAYS AS IDENTITY, what text);
INSERT INTO seen (what) VALUES ('beforeMigrate');
