SELECT count(*) FROM orders WHERE priority IS DISTINCT FROM 3
