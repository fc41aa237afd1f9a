CREATE TABLE order_rows (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, article text NOT NULL);
CREATE VIEW orders AS SELECT id, article AS item FROM order_rows;
