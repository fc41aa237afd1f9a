ALTER TABLE orders ADD late boolean;
