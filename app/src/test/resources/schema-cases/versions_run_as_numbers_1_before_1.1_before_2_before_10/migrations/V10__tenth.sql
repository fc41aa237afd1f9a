INSERT INTO seen (version) VALUES ('10');
