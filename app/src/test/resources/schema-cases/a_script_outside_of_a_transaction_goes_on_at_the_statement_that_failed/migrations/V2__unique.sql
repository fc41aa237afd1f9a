-- tranche: allow=unique-builds-index
INSERT INTO seen (what) VALUES ('first');
ALTER TABLE orders ADD CONSTRAINT orders_item UNIQUE (item);
INSERT INTO seen (what) VALUES ('last');
