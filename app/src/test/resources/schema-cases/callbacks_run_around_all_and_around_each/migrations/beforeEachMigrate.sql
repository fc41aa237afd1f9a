INSERT INTO seen (what) VALUES ('beforeEach');
