SELECT string_agg(what, ' > ' ORDER BY step) FROM seen
SELECT key, count(*) FROM tranche.history WHERE target = current_schema() GROUP BY key ORDER BY key
