-- tranche: phase=backfill batch=500
UPDATE orders SET priority = 0 WHERE priority IS NULL;
