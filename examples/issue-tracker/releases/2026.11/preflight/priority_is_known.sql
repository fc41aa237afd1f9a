-- Rows that have no number to be given in priority_v2. The check constraint of V1 keeps them out, unless it
-- was dropped or never validated in this store. No rows: fine.
SELECT format(
    'issue %s of tenant %s has the priority %s, which is none of low, normal, high, urgent',
    id, tenant_id, coalesce(quote_literal(priority), 'NULL')) AS reason
FROM issue
WHERE priority IS NULL
   OR priority NOT IN ('low', 'normal', 'high', 'urgent')
ORDER BY tenant_id, id
LIMIT 5;
