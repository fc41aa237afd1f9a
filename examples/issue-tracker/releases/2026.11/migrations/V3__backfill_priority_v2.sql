-- tranche: phase=backfill batch=2000
--
-- Run again and again, with a commit in between, until it changes no row. Each round shrinks the set that
-- it looks for, so it ends. A row that a concurrent writer changes meanwhile is looked at again when that
-- writer commits: the trigger has then filled priority_v2, so the outer condition leaves it alone. If the
-- writer rolls back, the row is filled here.
UPDATE issue
SET priority_v2 = CASE priority
    WHEN 'low' THEN 1
    WHEN 'normal' THEN 2
    WHEN 'high' THEN 3
    WHEN 'urgent' THEN 4
  END
WHERE priority_v2 IS NULL
  AND (tenant_id, id) IN (
    SELECT tenant_id, id
    FROM issue
    WHERE priority_v2 IS NULL
    LIMIT 2000);
