INSERT INTO seen (what) VALUES ('afterEach');
