CREATE OR REPLACE VIEW cheap AS SELECT id FROM orders;
INSERT INTO seen (what) VALUES ('R cheap');
