ALTER TABLE orders ADD CONSTRAINT one_item UNIQUE (item);
