CREATE TABLE tranche_control.half_done (n integer);
ALTER TABLE tranche_control.no_such ADD COLUMN note text;
