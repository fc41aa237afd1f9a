-- in t1:
CREATE VIEW notes AS SELECT 1 AS id, 'a' AS words;
-- in t2:
CREATE INDEX orders_item ON orders (id);
-- in t3:
CREATE TABLE notes (id integer PRIMARY KEY, words character varying(100), more int);
CREATE INDEX orders_item ON orders (item);
ALTER TABLE orders ADD COLUMN amount decimal(10, 2);
