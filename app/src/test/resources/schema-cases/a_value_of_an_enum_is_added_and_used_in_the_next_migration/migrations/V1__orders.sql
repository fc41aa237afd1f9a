CREATE TYPE state AS ENUM ('new');
CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, item text NOT NULL);
ALTER TABLE orders ADD state state DEFAULT 'new';
