CREATE OR REPLACE VIEW dear AS SELECT id FROM orders;
INSERT INTO seen (what) VALUES ('R dear');
