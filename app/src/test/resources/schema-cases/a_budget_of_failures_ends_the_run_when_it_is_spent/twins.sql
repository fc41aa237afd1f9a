-- in t1:
INSERT INTO orders (item) VALUES ('lamp'), ('lamp');
-- in t3:
INSERT INTO orders (item) VALUES ('lamp'), ('lamp');
-- in t4:
INSERT INTO orders (item) VALUES ('lamp'), ('lamp');
