INSERT INTO seen (what) VALUES ('undone by hand');
ALTER TABLE orders DROP COLUMN priority;
