INSERT INTO seen (what) VALUES ('V4');
