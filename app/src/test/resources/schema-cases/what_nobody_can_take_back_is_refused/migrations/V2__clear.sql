DELETE FROM orders WHERE item = 'x';
