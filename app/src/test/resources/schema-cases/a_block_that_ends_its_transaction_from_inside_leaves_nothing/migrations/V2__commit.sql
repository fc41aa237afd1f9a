ALTER TABLE orders ADD a int;
DO $$ BEGIN COMMIT; END $$;
ALTER TABLE orders ADD b int;
