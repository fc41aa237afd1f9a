-- tranche: allow=rename-column
ALTER TABLE order_rows RENAME COLUMN article TO product;
CREATE OR REPLACE VIEW orders AS SELECT id, product AS item FROM order_rows;
