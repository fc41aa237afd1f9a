INSERT INTO seen (what) VALUES ('V6');
