SELECT key, phase FROM tranche.history WHERE target = current_schema() ORDER BY applied_at
