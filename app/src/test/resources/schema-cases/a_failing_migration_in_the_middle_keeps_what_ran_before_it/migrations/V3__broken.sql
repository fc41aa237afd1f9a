ALTER TABLE orders ADD note text;

UPDATE orders
   SET nte = 'x';
