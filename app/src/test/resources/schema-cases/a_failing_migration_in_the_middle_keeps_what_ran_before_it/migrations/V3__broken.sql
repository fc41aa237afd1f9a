ALTER TABLE orders ADD note text;

ALTER TABLE orders
  ALTER nte SET DEFAULT 'x';
