WITH relations AS (
  SELECT c.*, n.nspname || '.' || c.relname AS name
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
), lines AS (
  SELECT format('schema %s', nspname) AS line FROM pg_namespace WHERE nspname NOT LIKE 'pg\_%'
  UNION ALL
  SELECT format('%s %s %s rls %s %s options %s identity %s owner %s privileges %s', relkind, name,
    relpersistence, relrowsecurity, relforcerowsecurity, reloptions, relreplident, relowner,
    (SELECT string_agg(a::text, ' ' ORDER BY a::text)
      FROM aclexplode(coalesce(relacl, acldefault('r', relowner))) a))
  FROM relations
  UNION ALL
  SELECT format('column %s.%s %s %s %s %s %s statistics %s options %s storage %s compression %s', name,
    attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated,
    pg_get_expr(adbin, adrelid), nullif(attstattarget, -1), attoptions, attstorage,
    nullif(attcompression::text, ''))
  FROM relations r
  JOIN pg_attribute a ON attrelid = r.oid AND attnum > 0 AND NOT attisdropped
  LEFT JOIN pg_attrdef d ON adrelid = r.oid AND adnum = attnum
  UNION ALL
  -- Whether it has been validated is left out: an undo does not make a valid constraint doubtful again.
  SELECT format('constraint %s %s %s %s', coalesce(r.name, t.typname), conname, conenforced,
    replace(pg_get_constraintdef(c.oid), ' NOT VALID', ''))
  FROM pg_constraint c
  LEFT JOIN relations r ON r.oid = conrelid
  LEFT JOIN pg_type t ON t.oid = contypid
  WHERE r.oid IS NOT NULL OR t.typnamespace = to_regnamespace('store')
  UNION ALL
  SELECT format('index %s %s valid %s clustered %s', name, pg_get_indexdef(r.oid), indisvalid, indisclustered)
  FROM relations r JOIN pg_index ON indexrelid = r.oid
  UNION ALL
  SELECT format('view %s %s', name, pg_get_viewdef(oid)) FROM relations WHERE relkind IN ('v', 'm')
  UNION ALL
  SELECT format('inherits %s %s', inhrelid::regclass, inhparent::regclass) FROM pg_inherits
  UNION ALL
  SELECT format('sequence %s %s', name, s::text)
  FROM relations r JOIN LATERAL (SELECT seqtypid, seqstart, seqincrement, seqmax, seqmin, seqcache, seqcycle
    FROM pg_sequence WHERE seqrelid = r.oid) s ON true
  UNION ALL
  SELECT format('trigger %s %s %s', tgrelid::regclass, tgenabled, pg_get_triggerdef(oid))
  FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL
  SELECT format('policy %s %s %s %s', polrelid::regclass, polname, polcmd, pg_get_expr(polqual, polrelid))
  FROM pg_policy
  UNION ALL
  SELECT format('rule %s %s', ev_enabled, pg_get_ruledef(w.oid))
  FROM pg_rewrite w JOIN relations r ON r.oid = ev_class
  UNION ALL
  SELECT format('routine %s %s', oid::regprocedure, CASE WHEN prokind = 'a' THEN 'aggregate' ELSE pg_get_functiondef(oid) END)
  FROM pg_proc WHERE pronamespace = to_regnamespace('store')
  UNION ALL
  SELECT format('type %s %s %s %s', typname, typtype, typnotnull, typdefault)
  FROM pg_type WHERE typnamespace = to_regnamespace('store') AND typtype IN ('d', 'e', 'r')
  UNION ALL
  SELECT format('label %s %s %s', enumtypid::regtype, enumlabel, enumsortorder) FROM pg_enum
  UNION ALL
  SELECT format('statistics %s %s', stxstattarget, pg_get_statisticsobjdef(oid)) FROM pg_statistic_ext
  UNION ALL
  SELECT format('publication %s %s', pubname, prrelid::regclass)
  FROM pg_publication p LEFT JOIN pg_publication_rel r ON prpubid = p.oid
  UNION ALL
  SELECT format('operator %s', oid::regoperator) FROM pg_operator WHERE oprnamespace = to_regnamespace('store')
  UNION ALL
  SELECT format('collation %s', collname) FROM pg_collation WHERE collnamespace = to_regnamespace('store')
  UNION ALL
  SELECT format('text search %s', cfgname) FROM pg_ts_config WHERE cfgnamespace = to_regnamespace('store')
  UNION ALL
  SELECT format('comment %s %s %s', objoid, objsubid, description) FROM pg_description
  WHERE classoid IN ('pg_class'::regclass, 'pg_constraint'::regclass, 'pg_trigger'::regclass, 'pg_policy'::regclass)
    AND objoid >= 16384
)
SELECT coalesce(string_agg(line, E'\n' ORDER BY line COLLATE "C"), '') FROM lines
