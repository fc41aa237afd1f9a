-- in t2:
CREATE TABLE orders (id int);
