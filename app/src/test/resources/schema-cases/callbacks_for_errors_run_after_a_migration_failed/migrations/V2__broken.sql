INSERT INTO seen (what) VALUES ('V2');
ALTER TABLE ordrs ADD x int;
