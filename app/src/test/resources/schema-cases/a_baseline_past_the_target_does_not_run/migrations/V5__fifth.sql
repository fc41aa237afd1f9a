INSERT INTO seen (what) VALUES ('V5');
