SELECT string_agg(what, ' > ' ORDER BY step) FROM seen
