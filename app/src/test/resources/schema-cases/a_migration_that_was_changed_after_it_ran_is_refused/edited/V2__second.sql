ALTER TABLE orders ADD second int;
