-- in t2:
DELETE FROM orders WHERE id = 2;
