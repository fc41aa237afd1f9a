-- tranche: phase=contract
ALTER TABLE issue DROP COLUMN old;
