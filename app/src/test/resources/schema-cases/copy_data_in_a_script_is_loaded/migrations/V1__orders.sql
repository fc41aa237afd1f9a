CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, item text NOT NULL);
COPY orders (item) FROM stdin;
lamp; with a semicolon
quote ' and $$
\\ backslash
\.
ALTER TABLE orders ADD priority int DEFAULT 7;
