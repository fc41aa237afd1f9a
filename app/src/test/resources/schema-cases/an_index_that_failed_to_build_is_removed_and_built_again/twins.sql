-- in t2:
INSERT INTO orders (item) VALUES ('lamp'), ('lamp');
