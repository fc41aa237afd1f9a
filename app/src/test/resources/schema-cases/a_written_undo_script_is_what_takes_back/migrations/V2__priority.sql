ALTER TABLE orders ADD priority int;
