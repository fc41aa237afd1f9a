ALTER TABLE plans ADD code text;
