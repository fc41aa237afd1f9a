-- tranche: phase=backfill batch=500
UPDATE issue SET id = id;
