-- dumped
\set ON_ERROR_STOP on
ALTER TABLE orders ADD a int;
