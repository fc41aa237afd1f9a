-- tranche: phase=contract allow=rename-table
CREATE TABLE fresh (id bigint PRIMARY KEY, item text, priority int);
CREATE INDEX fresh_item ON fresh (item);
CREATE TABLE scratch (id int);
CREATE INDEX scratch_id ON scratch (id);
INSERT INTO fresh SELECT id, item, 3 FROM orders WHERE id < 1000;
DROP TABLE scratch;
DROP TABLE orders;
ALTER TABLE fresh RENAME TO orders;
ALTER INDEX fresh_item RENAME TO orders_item;
