ALTER TABLE orders ADD state state;
INSERT INTO seen (what) VALUES ('4 November');
