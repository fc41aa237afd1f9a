ALTER TABLE orders ADD third int;
