INSERT INTO orders (plan) VALUES ('${plan}');
