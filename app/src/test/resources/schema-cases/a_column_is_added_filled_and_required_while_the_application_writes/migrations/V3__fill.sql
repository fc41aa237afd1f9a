-- tranche: phase=backfill
UPDATE orders SET priority = 3 WHERE priority IS NULL;
