-- tranche: allow=index-not-concurrently
CREATE TABLE IF NOT EXISTS notes (id int PRIMARY KEY, words varchar(100));
CREATE INDEX IF NOT EXISTS orders_item ON orders (item);
ALTER TABLE orders ADD COLUMN IF NOT EXISTS amount numeric(10, 2);
