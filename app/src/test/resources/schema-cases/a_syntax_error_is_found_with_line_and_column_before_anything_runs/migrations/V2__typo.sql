ALTER TABLE orders ADD a int;

ALTER TABLE orders
  ADD COLUM b int;
