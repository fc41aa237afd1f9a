ALTER TABLE orders ALTER item TYPE varchar(80);
