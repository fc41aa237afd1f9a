-- in t2:
CREATE INDEX orders_item ON orders (item);
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'orders_item'::regclass;
