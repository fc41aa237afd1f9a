-- by nina
-- tranche: phase=contract
UPDATE issue SET a = 1;
