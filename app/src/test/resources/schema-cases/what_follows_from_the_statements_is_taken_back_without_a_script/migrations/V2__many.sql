-- tranche: allow=check-checked-at-once,rename-column
CREATE TABLE notes (id int PRIMARY KEY, order_id bigint REFERENCES orders);
CREATE INDEX notes_order ON notes (order_id);
CREATE VIEW noted AS SELECT order_id FROM notes;
CREATE SEQUENCE ticket;
CREATE TYPE mood AS ENUM ('good', 'bad');
ALTER TABLE orders ADD mood mood;
ALTER TABLE orders ADD CONSTRAINT item_there CHECK (item <> '');
ALTER TABLE orders RENAME COLUMN item TO article;
