INSERT INTO seen (what) VALUES ('afterEachError');
