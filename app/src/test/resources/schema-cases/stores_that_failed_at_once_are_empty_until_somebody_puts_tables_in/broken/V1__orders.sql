CREATE TABLE orders (id bigint CHECK (1 / 0 = id));
SELECT 1 / 0;
