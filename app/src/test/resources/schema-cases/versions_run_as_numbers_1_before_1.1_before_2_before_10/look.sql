SELECT string_agg(version, ' ' ORDER BY step) FROM seen
