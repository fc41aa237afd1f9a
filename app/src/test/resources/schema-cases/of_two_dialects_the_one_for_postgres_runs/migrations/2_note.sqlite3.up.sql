ALTER TABLE orders ADD note blob;
