CREATE INDEX CONCURRENTLY orders_item ON orders (item);
CREATE INDEX CONCURRENTLY orders_item_id ON orders (item, id);
