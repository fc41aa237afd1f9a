CREATE UNIQUE INDEX CONCURRENTLY orders_item ON orders (item);
