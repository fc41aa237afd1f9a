ALTER TABLE orders ADD never int;
