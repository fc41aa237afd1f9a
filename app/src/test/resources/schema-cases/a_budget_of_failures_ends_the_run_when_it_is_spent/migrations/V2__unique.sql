-- tranche: allow=unique-builds-index
ALTER TABLE orders ADD CONSTRAINT one_item UNIQUE (item);
