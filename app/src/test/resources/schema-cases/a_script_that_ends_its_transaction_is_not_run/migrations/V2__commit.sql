ALTER TABLE orders ADD a int;
COMMIT;
ALTER TABLE orders ADD b int;
