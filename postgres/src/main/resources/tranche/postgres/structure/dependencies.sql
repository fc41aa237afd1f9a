-- Which object of a schema needs which other one, each named by what creates it: a row type by its table, the index of
-- a key by its constraint, a default by its table or, where it is set later, by itself.
-- Parameter: name of the schema.
WITH store AS MATERIALIZED (
  SELECT n.oid FROM pg_namespace n WHERE n.nspname = ?
), lying AS MATERIALIZED (
  SELECT DISTINCT s.oid AS nsp, d.classid, d.objid
  FROM store s
  JOIN pg_depend d ON d.refclassid = 'pg_namespace'::regclass AND d.refobjid = s.oid AND d.objsubid = 0
), rel AS MATERIALIZED (
  SELECT c.oid, c.relkind, c.reltype, l.nsp
  FROM lying l
  JOIN pg_class c ON c.oid = l.objid AND c.relnamespace = l.nsp
  WHERE l.classid = 'pg_class'::regclass
), typ AS MATERIALIZED (
  SELECT t.oid, t.typtype, t.typrelid
  FROM lying l
  JOIN pg_type t ON t.oid = l.objid AND t.typnamespace = l.nsp
  WHERE l.classid = 'pg_type'::regclass AND t.typtype IN ('e', 'd', 'r', 'c')
), base (classid, objid, as_class, as_id) AS MATERIALIZED (
  SELECT 'pg_class'::regclass::oid, r.oid, 'pg_class'::regclass::oid, r.oid FROM rel r WHERE r.relkind IN ('r', 'p', 'v', 'm', 'S')
  UNION ALL
  SELECT 'pg_class'::regclass, t.typrelid, 'pg_type'::regclass, t.oid FROM typ t WHERE t.typtype = 'c'
  UNION ALL
  SELECT 'pg_type'::regclass, r.reltype, 'pg_class'::regclass, r.oid FROM rel r WHERE r.relkind IN ('r', 'p', 'v', 'm')
  UNION ALL
  SELECT 'pg_type'::regclass, t.oid, 'pg_type'::regclass, t.oid FROM typ t
  UNION ALL
  SELECT 'pg_type'::regclass, g.rngmultitypid, 'pg_type'::regclass, g.rngtypid
  FROM typ t JOIN pg_range g ON g.rngtypid = t.oid
  UNION ALL
  SELECT l.classid, l.objid, l.classid, l.objid FROM lying l WHERE l.classid = 'pg_proc'::regclass
  UNION ALL
  SELECT 'pg_rewrite'::regclass, w.oid,
    CASE w.rulename WHEN '_RETURN' THEN 'pg_class'::regclass ELSE 'pg_rewrite'::regclass END,
    CASE w.rulename WHEN '_RETURN' THEN w.ev_class ELSE w.oid END
  FROM rel r JOIN pg_rewrite w ON w.ev_class = r.oid
  UNION ALL
  SELECT 'pg_attrdef'::regclass, e.oid, v.class, v.id
  FROM rel r
  JOIN pg_attrdef e ON e.adrelid = r.oid
  JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = e.adnum
  CROSS JOIN LATERAL (
    SELECT r.relkind = 'v' OR a.attgenerated = '' AND (NOT a.attislocal OR EXISTS (
      SELECT FROM pg_depend d JOIN pg_proc p ON p.oid = d.refobjid
      WHERE d.classid = 'pg_attrdef'::regclass AND d.objid = e.oid
        AND d.refclassid = 'pg_proc'::regclass AND p.pronamespace = r.nsp)) AS later
  ) l
  CROSS JOIN LATERAL (
    SELECT CASE WHEN l.later THEN 'pg_attrdef'::regclass ELSE 'pg_class'::regclass END AS class, CASE WHEN l.later THEN e.oid ELSE r.oid END AS id
  ) v
  UNION ALL
  SELECT 'pg_constraint'::regclass, k.oid, 'pg_constraint'::regclass, k.oid FROM rel r JOIN pg_constraint k ON k.conrelid = r.oid
  UNION ALL
  SELECT 'pg_constraint'::regclass, k.oid, 'pg_type'::regclass, t.oid
  FROM typ t JOIN pg_constraint k ON k.contypid = t.oid
  UNION ALL
  SELECT 'pg_class'::regclass, x.indexrelid,
    CASE WHEN k.oid IS NULL THEN 'pg_class'::regclass ELSE 'pg_constraint'::regclass END, coalesce(k.oid, x.indexrelid)
  FROM rel r
  JOIN pg_index x ON x.indrelid = r.oid
  LEFT JOIN pg_constraint k ON k.conrelid = x.indrelid AND k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x')
  UNION ALL
  SELECT 'pg_trigger'::regclass, t.oid, 'pg_trigger'::regclass, t.oid FROM rel r JOIN pg_trigger t ON t.tgrelid = r.oid
  UNION ALL
  SELECT 'pg_policy'::regclass, p.oid, 'pg_policy'::regclass, p.oid FROM rel r JOIN pg_policy p ON p.polrelid = r.oid
), member (classid, objid, as_class, as_id) AS MATERIALIZED (
  SELECT classid, objid, as_class, as_id FROM base
  UNION ALL
  SELECT b.classid, t.typarray, b.as_class, b.as_id
  FROM base b
  JOIN pg_type t ON t.oid = b.objid
  WHERE b.classid = 'pg_type'::regclass AND t.typarray <> 0
)
SELECT DISTINCT c.as_class::bigint, c.as_id::bigint, p.as_class::bigint, p.as_id::bigint
FROM member c
JOIN pg_depend d ON d.classid = c.classid AND d.objid = c.objid
JOIN member p ON p.classid = d.refclassid AND p.objid = d.refobjid
WHERE (c.as_class, c.as_id) <> (p.as_class, p.as_id)
  -- That a sequence belongs to a column is said at the end; until then the column's default needs the sequence.
  AND NOT (d.classid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
    AND EXISTS (SELECT FROM rel r WHERE r.oid = d.objid AND r.relkind = 'S'))
