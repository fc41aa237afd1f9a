CREATE OR REPLACE VIEW dear AS SELECT id, item FROM orders;
INSERT INTO seen (what) VALUES ('R dear again');
