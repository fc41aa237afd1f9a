ALTER TABLE orders ADD late int;
