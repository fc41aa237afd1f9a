-- tranche: phase=contract allow=drop-column
ALTER TABLE orders DROP COLUMN item;
