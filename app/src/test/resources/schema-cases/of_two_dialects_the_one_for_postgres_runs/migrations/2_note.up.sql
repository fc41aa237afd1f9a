ALTER TABLE orders ADD note varchar;
