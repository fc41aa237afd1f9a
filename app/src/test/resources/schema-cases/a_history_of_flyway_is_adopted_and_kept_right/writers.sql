INSERT INTO orders (item) VALUES ('by the old release')
