ALTER TABLE orders ALTER state SET DEFAULT 'paid';
