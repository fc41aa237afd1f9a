DROP TABLE orders, seen;
