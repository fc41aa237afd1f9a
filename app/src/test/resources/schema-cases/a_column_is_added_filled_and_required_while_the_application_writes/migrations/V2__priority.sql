ALTER TABLE orders ADD priority int DEFAULT 3;
