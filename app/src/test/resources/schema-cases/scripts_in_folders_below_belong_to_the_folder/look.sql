SELECT string_agg(what, ' > ' ORDER BY step) FROM seen
SELECT script FROM tranche.history WHERE target = current_schema() ORDER BY applied_at
