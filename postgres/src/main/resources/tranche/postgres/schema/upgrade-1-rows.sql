INSERT INTO tranche.store (target) SELECT target FROM tranche.fence;
INSERT INTO tranche.store (target)
  SELECT DISTINCT target FROM tranche.history ON CONFLICT DO NOTHING;
SELECT tranche.refresh(target, '') FROM tranche.store;
