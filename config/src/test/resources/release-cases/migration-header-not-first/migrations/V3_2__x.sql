-- by nina
UPDATE issue SET a = 1;
-- tranche: phase=contract
