SELECT id, item, priority FROM orders ORDER BY id
