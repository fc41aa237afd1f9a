INSERT INTO seen (version) VALUES ('1.1');
