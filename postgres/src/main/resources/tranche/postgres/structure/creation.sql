-- Statements that make the objects of one schema again in another: names in the schema are unqualified, so the
-- schema that is first in the search path while they run gets the objects. Lowest stage first, dependencies before.
-- Parameters: name of the schema; name of the schema that the objects are made in.
WITH given (source, target) AS MATERIALIZED (
  SELECT ?::text, ?::text
), store AS MATERIALIZED (
  SELECT n.oid, n.nspname, n.nspowner, n.nspacl, g.target, quote_ident(n.nspname) || ', pg_catalog, pg_temp' AS path,
    CASE
      WHEN EXISTS (SELECT FROM pg_class c WHERE c.relname = n.nspname AND c.relnamespace = n.oid) THEN NULL
      ELSE '(?<![[:alnum:]_$".])(?:"' || regexp_replace(replace(n.nspname, '"', '""'), '([^[:alnum:]_])', '\\\1', 'g') || '"'
        || CASE WHEN quote_ident(n.nspname) = n.nspname THEN '|' || n.nspname ELSE '' END || ')\s*\.'
    END AS own,
    '^( SET search_path TO [^\n]*?)'
      || regexp_replace(quote_literal(n.nspname), '([^[:alnum:]_])', '\\\1', 'g') || '(?=,|$)' AS own_path
  FROM given g
  JOIN pg_namespace n ON n.nspname = g.source
), member AS MATERIALIZED (
  -- What lies in a schema depends on it, and dependencies have an index where the catalogs have none by namespace.
  SELECT DISTINCT s.oid AS nsp, d.classid, d.objid
  FROM store s
  JOIN pg_depend d ON d.refclassid = 'pg_namespace'::regclass AND d.refobjid = s.oid AND d.objsubid = 0
), rel AS MATERIALIZED (
  SELECT c.oid, s.oid AS nsp, s.path, quote_ident(c.relname) AS q, c.relkind, c.relowner, c.relispartition, c.reltype
  FROM store s
  JOIN member m ON m.nsp = s.oid AND m.classid = 'pg_class'::regclass
  JOIN pg_class c ON c.oid = m.objid AND c.relnamespace = s.oid
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S')
    AND NOT EXISTS (
      SELECT FROM pg_depend d
      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0 AND d.deptype = 'e')
), heir AS MATERIALIZED (
  -- Parents outside of the schema are not joined: their rows would then include the copy's.
  SELECT i.inhrelid, bool_and(p.oid IS NOT NULL) AS all_inside,
    string_agg(p.q, ', ' ORDER BY i.inhseqno) AS parents
  FROM rel r
  JOIN pg_inherits i ON i.inhrelid = r.oid
  LEFT JOIN rel p ON p.oid = i.inhparent
  WHERE NOT i.inhdetachpending
  GROUP BY i.inhrelid
), col AS MATERIALIZED (
  SELECT r.oid, r.nsp, r.path, r.q, a.attnum, quote_ident(a.attname) AS c, e.oid AS default_oid,
    h.inhrelid IS NOT NULL AND NOT r.relispartition AND h.all_inside AND NOT a.attislocal AS inherited,
    a.attgenerated <> '' OR NOT EXISTS (
      SELECT FROM pg_depend d JOIN pg_proc p ON p.oid = d.refobjid
      WHERE d.classid = 'pg_attrdef'::regclass AND d.objid = e.oid
        AND d.refclassid = 'pg_proc'::regclass AND p.pronamespace = r.nsp) AS inline
  FROM rel r
  JOIN pg_attribute a ON a.attrelid = r.oid
  LEFT JOIN heir h ON h.inhrelid = r.oid
  LEFT JOIN pg_attrdef e ON e.adrelid = r.oid AND e.adnum = a.attnum
  WHERE r.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
), seq AS MATERIALIZED (
  SELECT r.oid, r.path, r.q, d.deptype, d.refobjid, d.refobjsubid,
    concat_ws(' ', 'INCREMENT BY', s.seqincrement, 'MINVALUE', s.seqmin, 'MAXVALUE', s.seqmax, 'START WITH', s.seqstart,
      'CACHE', s.seqcache, CASE WHEN s.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END) AS options,
    format_type(s.seqtypid, NULL) AS type
  FROM rel r
  JOIN pg_sequence s ON s.seqrelid = r.oid
  LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.objsubid = 0
    AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
), item (stage, kind, name, sql, classid, objid, outside, marked, target, owner, acl, acltype) AS (
  SELECT 10, 'type', quote_ident(t.typname), CASE WHEN here(s) THEN CASE t.typtype
      WHEN 'e' THEN 'CREATE TYPE ' || quote_ident(t.typname) || ' AS ENUM (' || coalesce((
        SELECT string_agg(quote_literal(l.enumlabel), ', ' ORDER BY l.enumsortorder) FROM pg_enum l WHERE l.enumtypid = t.oid), '') || ')'
      WHEN 'd' THEN concat_ws(' ', 'CREATE DOMAIN', quote_ident(t.typname), 'AS', format_type(t.typbasetype, t.typtypmod),
        (SELECT 'COLLATE ' || t.typcollation::regcollation FROM pg_type b
          WHERE b.oid = t.typbasetype AND b.typcollation <> t.typcollation AND t.typcollation <> 0),
        'DEFAULT ' || pg_get_expr(t.typdefaultbin, 0),
        CASE WHEN t.typnotnull THEN 'NOT NULL' END,
        (SELECT string_agg('CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid), ' ' ORDER BY k.oid)
          FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'))
      WHEN 'c' THEN 'CREATE TYPE ' || quote_ident(t.typname) || ' AS (' || coalesce((
        SELECT string_agg(concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
          CASE WHEN a.attcollation NOT IN (b.typcollation, 0) THEN 'COLLATE ' || a.attcollation::regcollation END), ', ' ORDER BY a.attnum)
        FROM pg_attribute a JOIN pg_type b ON b.oid = a.atttypid
        WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')'
      ELSE (
        SELECT 'CREATE TYPE ' || quote_ident(t.typname) || ' AS RANGE (' || concat_ws(', ',
          'SUBTYPE = ' || format_type(g.rngsubtype, NULL),
          'SUBTYPE_OPCLASS = ' || (SELECT o.opcnamespace::regnamespace || '.' || quote_ident(o.opcname) FROM pg_opclass o WHERE o.oid = g.rngsubopc),
          CASE WHEN g.rngcollation NOT IN (b.typcollation, 0) THEN 'COLLATION = ' || g.rngcollation::regcollation END,
          CASE WHEN g.rngsubdiff <> 0 THEN 'SUBTYPE_DIFF = ' || g.rngsubdiff END,
          'MULTIRANGE_TYPE_NAME = ' || format_type(g.rngmultitypid, NULL)) || ')'
        FROM pg_range g JOIN pg_type b ON b.oid = g.rngsubtype WHERE g.rngtypid = t.oid) END
    END,
    'pg_type'::regclass::oid, t.oid, false, false,
    CASE t.typtype WHEN 'd' THEN 'DOMAIN ' ELSE 'TYPE ' END || quote_ident(t.typname), t.typowner, t.typacl, 'T'
  FROM store s
  JOIN member m ON m.nsp = s.oid AND m.classid = 'pg_type'::regclass
  JOIN pg_type t ON t.oid = m.objid AND t.typnamespace = s.oid
  WHERE t.typtype IN ('e', 'd', 'c', 'r')
    AND NOT (t.typtype = 'c' AND NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))
    AND NOT EXISTS (
      SELECT FROM pg_depend e WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid AND e.deptype = 'e')
  UNION ALL
  SELECT 20, 'sequence', r.q,
    CASE WHEN r.deptype IS DISTINCT FROM 'i' THEN concat_ws(' ',
      'CREATE', CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED' END, 'SEQUENCE', r.q, 'AS', r.type, r.options) END,
    'pg_class'::regclass, r.oid, false, false, 'SEQUENCE ' || r.q,
    CASE WHEN r.deptype IS NULL THEN c.relowner END, c.relacl, 's'
  FROM seq r
  JOIN pg_class c ON c.oid = r.oid
  UNION ALL
  SELECT 130, 'sequence', r.q, CASE WHEN here(r) THEN
      'ALTER SEQUENCE ' || r.q || ' OWNED BY ' || r.refobjid::regclass || '.' || quote_ident(a.attname) END,
    NULL, NULL, false, false, NULL, NULL, NULL, NULL
  FROM seq r
  JOIN pg_attribute a ON a.attrelid = r.refobjid AND a.attnum = r.refobjsubid
  WHERE r.deptype = 'a' AND EXISTS (SELECT FROM rel t WHERE t.oid = r.refobjid)
  UNION ALL
  SELECT 30, 'function', CASE WHEN here(s) THEN quote_ident(p.proname) || '(' || oidvectortypes(p.proargtypes) || ')' END,
    f.sql, 'pg_proc'::regclass, p.oid, false,
    p.prosqlbody IS NULL AND strpos(lower(d.text), lower(s.nspname)) > 0 AND (s.own IS NULL OR f.sql <> d.text),
    CASE WHEN here(s) THEN
      CASE p.prokind WHEN 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END || quote_ident(p.proname) || '(' || oidvectortypes(p.proargtypes) || ')' END,
    p.proowner, p.proacl, 'f'
  FROM store s
  JOIN member m ON m.nsp = s.oid AND m.classid = 'pg_proc'::regclass
  JOIN pg_proc p ON p.oid = m.objid AND p.pronamespace = s.oid
  CROSS JOIN LATERAL (
    SELECT CASE WHEN here(s) AND p.prokind <> 'a' THEN
      'CREATE ' || CASE p.prokind WHEN 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END || substr(
        pg_get_functiondef(p.oid),
        length('CREATE OR REPLACE ' || CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END || ' ' || quote_ident(s.nspname) || '..')
      ) END AS text
    OFFSET 0
  ) d
  CROSS JOIN LATERAL (
    SELECT CASE
      WHEN strpos(lower(d.text), lower(s.nspname)) = 0 THEN d.text
      WHEN p.prosqlbody IS NOT NULL OR s.own IS NULL THEN regexp_replace(d.text, s.own_path, '\1' || replace(quote_literal(s.target), '\', '\\'), 'n')
      ELSE regexp_replace(
        regexp_replace(d.text, s.own_path, '\1' || replace(quote_literal(s.target), '\', '\\'), 'n'),
        s.own, replace(quote_ident(s.target), '\', '\\') || '.', 'gi') END AS sql
  ) f
  WHERE p.prokind <> 'a' AND NOT EXISTS (
    SELECT FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype IN ('e', 'i'))
  UNION ALL
  SELECT 40, 'table', r.q, CASE WHEN here(r) THEN concat_ws(' ',
      'CREATE', CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED' END, 'TABLE', r.q, '(' || coalesce((
        SELECT string_agg(concat_ws(' ', k.c, format_type(a.atttypid, a.atttypmod),
          CASE a.attcompression WHEN 'p' THEN 'COMPRESSION pglz' WHEN 'l' THEN 'COMPRESSION lz4' END,
          CASE WHEN a.attcollation NOT IN (t.typcollation, 0) THEN 'COLLATE ' || a.attcollation::regcollation END,
          CASE WHEN a.attnotnull AND n.convalidated IS NOT FALSE THEN
            coalesce('CONSTRAINT ' || quote_ident(n.conname) || ' ', '') || 'NOT NULL' || CASE WHEN n.connoinherit THEN ' NO INHERIT' ELSE '' END END,
          CASE WHEN k.inline THEN CASE a.attgenerated
            WHEN '' THEN 'DEFAULT ' || pg_get_expr(e.adbin, e.adrelid)
            ELSE 'GENERATED ALWAYS AS (' || pg_get_expr(e.adbin, e.adrelid) || ') '
              || CASE a.attgenerated WHEN 's' THEN 'STORED' ELSE 'VIRTUAL' END END END,
          CASE WHEN a.attidentity <> '' THEN (
            SELECT 'GENERATED ' || CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END
              || ' AS IDENTITY (SEQUENCE NAME ' || i.q || ' ' || i.options || ')'
            FROM seq i WHERE i.refobjid = r.oid AND i.refobjsubid = a.attnum AND i.deptype = 'i') END
          ), ', ' ORDER BY a.attnum)
        FROM col k
        JOIN pg_attribute a ON a.attrelid = k.oid AND a.attnum = k.attnum
        JOIN pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_attrdef e ON e.oid = k.default_oid
        LEFT JOIN pg_constraint n ON n.conrelid = k.oid AND n.contype = 'n' AND n.conkey[1] = a.attnum
        WHERE k.oid = r.oid AND NOT k.inherited), '') || ')',
      CASE WHEN NOT r.relispartition AND h.all_inside THEN 'INHERITS (' || h.parents || ')' END,
      CASE r.relkind WHEN 'p' THEN 'PARTITION BY ' || pg_get_partkeydef(r.oid) END,
      (SELECT 'USING ' || quote_ident(a.amname) FROM pg_am a WHERE a.oid = c.relam AND a.amname <> 'heap'),
      'WITH (' || (SELECT string_agg(o.name || '=' || quote_literal(o.option_value), ', ') FROM (
          SELECT quote_ident(option_name) AS name, option_value FROM pg_options_to_table(c.reloptions)
          UNION ALL
          SELECT 'toast.' || quote_ident(option_name), option_value
          FROM pg_class t, pg_options_to_table(t.reloptions) WHERE t.oid = c.reltoastrelid
        ) o) || ')',
      (SELECT 'TABLESPACE ' || quote_ident(t.spcname) FROM pg_tablespace t WHERE t.oid = c.reltablespace))
    END,
    'pg_class'::regclass, r.oid, false, false, 'TABLE ' || r.q, r.relowner, c.relacl, 'r'
  FROM rel r
  JOIN pg_class c ON c.oid = r.oid
  LEFT JOIN heir h ON h.inhrelid = r.oid
  WHERE r.relkind IN ('r', 'p')
  UNION ALL
  SELECT 45, 'column', k.q || '.' || k.c, CASE WHEN here(k) THEN
      'ALTER TABLE ONLY ' || k.q || ' ALTER COLUMN ' || k.c || ' SET DEFAULT ' || pg_get_expr(e.adbin, e.adrelid) END,
    'pg_attrdef'::regclass, e.oid, false, false, NULL, NULL, NULL, NULL
  FROM col k
  JOIN pg_attrdef e ON e.oid = k.default_oid
  WHERE k.inherited OR NOT k.inline
  UNION ALL
  SELECT 46, 'column', k.q || '.' || k.c, 'ALTER TABLE ONLY ' || k.q || concat_ws(',',
      CASE WHEN a.attstorage <> t.typstorage THEN ' ALTER COLUMN ' || k.c || ' SET STORAGE ' || CASE a.attstorage
        WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'x' THEN 'EXTENDED' ELSE 'MAIN' END END,
      CASE WHEN a.attstattarget >= 0 THEN ' ALTER COLUMN ' || k.c || ' SET STATISTICS ' || a.attstattarget END,
      ' ALTER COLUMN ' || k.c || ' SET (' || (SELECT string_agg(quote_ident(option_name) || '=' || quote_literal(option_value), ', ')
        FROM pg_options_to_table(a.attoptions)) || ')'),
    NULL, NULL, false, false, NULL, NULL, NULL, NULL
  FROM col k
  JOIN pg_attribute a ON a.attrelid = k.oid AND a.attnum = k.attnum
  JOIN pg_type t ON t.oid = a.atttypid
  WHERE a.attstorage <> t.typstorage OR a.attstattarget >= 0 OR a.attoptions IS NOT NULL
  UNION ALL
  SELECT CASE k.contype WHEN 'c' THEN 65 WHEN 'n' THEN 65 WHEN 'f' THEN 100 ELSE 60 END,
    'constraint', r.q || '.' || quote_ident(k.conname), CASE WHEN here(r) THEN
      'ALTER TABLE ' || CASE WHEN k.contype IN ('p', 'u', 'x') THEN 'ONLY ' ELSE '' END || r.q
        || ' ADD CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid) END,
    'pg_constraint'::regclass, k.oid, k.contype = 'f' AND NOT EXISTS (SELECT FROM rel t WHERE t.oid = k.confrelid), false,
    'CONSTRAINT ' || quote_ident(k.conname) || ' ON ' || r.q, NULL, NULL, NULL
  FROM rel r
  JOIN pg_constraint k ON k.conrelid = r.oid
  LEFT JOIN heir h ON h.inhrelid = r.oid
  WHERE r.relkind IN ('r', 'p') AND (
    k.contype IN ('p', 'u', 'x')
    OR k.contype = 'f' AND k.conparentid = 0
    OR k.contype = 'c' AND (k.conislocal OR r.relispartition OR NOT h.all_inside)
    OR k.contype = 'n' AND NOT k.convalidated)
  UNION ALL
  SELECT 61, 'constraint', r.q || '.' || quote_ident(k.conname), 'ALTER INDEX ' || quote_ident(k.conname) || ' SET ('
      || (SELECT string_agg(quote_ident(option_name) || '=' || quote_literal(option_value), ', ') FROM pg_options_to_table(c.reloptions)) || ')',
    NULL, NULL, false, false, NULL, NULL, NULL, NULL
  FROM rel r
  JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype IN ('p', 'u', 'x')
  JOIN pg_class c ON c.oid = k.conindid
  WHERE c.reloptions IS NOT NULL
  UNION ALL
  SELECT 70, 'index', quote_ident(ic.relname), CASE WHEN here(r) THEN pg_get_indexdef(x.indexrelid, 0, true) END,
    'pg_class'::regclass, x.indexrelid, false, false, 'INDEX ' || quote_ident(ic.relname), NULL, NULL, NULL
  FROM rel r
  JOIN pg_index x ON x.indrelid = r.oid
  JOIN pg_class ic ON ic.oid = x.indexrelid
  WHERE NOT EXISTS (
    SELECT FROM pg_constraint k
    WHERE k.conrelid = x.indrelid AND k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x'))
  UNION ALL
  SELECT 80, CASE r.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END, r.q, CASE WHEN here(r) THEN concat_ws(' ',
      'CREATE', CASE r.relkind WHEN 'v' THEN 'VIEW' ELSE 'MATERIALIZED VIEW' END, r.q,
      (SELECT 'USING ' || quote_ident(a.amname) FROM pg_am a WHERE a.oid = c.relam AND a.amname <> 'heap'),
      'WITH (' || (SELECT string_agg(quote_ident(option_name) || '=' || quote_literal(option_value), ', ')
        FROM pg_options_to_table(c.reloptions)) || ')',
      (SELECT 'TABLESPACE ' || quote_ident(t.spcname) FROM pg_tablespace t WHERE t.oid = c.reltablespace),
      'AS', rtrim(pg_get_viewdef(r.oid), ';'),
      CASE r.relkind WHEN 'm' THEN 'WITH NO DATA' END)
    END,
    'pg_class'::regclass, r.oid, false, false,
    CASE r.relkind WHEN 'v' THEN 'VIEW ' ELSE 'MATERIALIZED VIEW ' END || r.q, r.relowner, c.relacl, 'r'
  FROM rel r
  JOIN pg_class c ON c.oid = r.oid
  WHERE r.relkind IN ('v', 'm')
  UNION ALL
  SELECT 85, 'view', r.q, CASE WHEN here(r) THEN
      'ALTER VIEW ' || r.q || ' ALTER COLUMN ' || quote_ident(a.attname) || ' SET DEFAULT ' || pg_get_expr(e.adbin, e.adrelid) END,
    'pg_attrdef'::regclass, e.oid, false, false, NULL, NULL, NULL, NULL
  FROM rel r
  JOIN pg_attrdef e ON e.adrelid = r.oid
  JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = e.adnum
  WHERE r.relkind = 'v'
  UNION ALL
  SELECT 90, 'table', r.q, CASE WHEN here(r) THEN
      'ALTER TABLE ONLY ' || h.parents || ' ATTACH PARTITION ' || r.q || ' ' || pg_get_expr(c.relpartbound, c.oid) END,
    NULL, NULL, false, false, NULL, NULL, NULL, NULL
  FROM rel r
  JOIN pg_class c ON c.oid = r.oid
  JOIN heir h ON h.inhrelid = r.oid
  WHERE r.relispartition AND h.all_inside
  UNION ALL
  SELECT 110, 'statistics', quote_ident(x.stxname), CASE WHEN here(s) THEN 'CREATE STATISTICS '
      || substr(pg_get_statisticsobjdef(x.oid), length('CREATE STATISTICS ' || quote_ident(s.nspname) || '..')) END,
    'pg_statistic_ext'::regclass, x.oid, false, false, 'STATISTICS ' || quote_ident(x.stxname), x.stxowner, NULL, NULL
  FROM store s
  JOIN pg_statistic_ext x ON x.stxnamespace = s.oid
  UNION ALL
  SELECT 111, 'statistics', quote_ident(x.stxname), 'ALTER STATISTICS ' || quote_ident(x.stxname) || ' SET STATISTICS ' || x.stxstattarget,
    NULL, NULL, false, false, NULL, NULL, NULL, NULL
  FROM store s
  JOIN pg_statistic_ext x ON x.stxnamespace = s.oid
  WHERE x.stxstattarget >= 0
  UNION ALL
  SELECT 120, 'trigger', r.q || '.' || quote_ident(t.tgname), CASE WHEN here(r) THEN pg_get_triggerdef(t.oid, true) END,
    'pg_trigger'::regclass, t.oid, false, false, 'TRIGGER ' || quote_ident(t.tgname) || ' ON ' || r.q, NULL, NULL, NULL
  FROM rel r
  JOIN pg_trigger t ON t.tgrelid = r.oid
  WHERE NOT t.tgisinternal AND t.tgparentid = 0
  UNION ALL
  SELECT 121, 'trigger', r.q || '.' || quote_ident(t.tgname), 'ALTER TABLE ' || r.q || CASE t.tgenabled
      WHEN 'D' THEN ' DISABLE' WHEN 'R' THEN ' ENABLE REPLICA' ELSE ' ENABLE ALWAYS' END || ' TRIGGER ' || quote_ident(t.tgname),
    NULL, NULL, false, false, NULL, NULL, NULL, NULL
  FROM rel r
  JOIN pg_trigger t ON t.tgrelid = r.oid
  WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND t.tgenabled <> 'O'
  UNION ALL
  SELECT 122, 'rule', r.q || '.' || quote_ident(w.rulename), CASE WHEN here(r) THEN pg_get_ruledef(w.oid, true) END,
    'pg_rewrite'::regclass, w.oid, false, false, 'RULE ' || quote_ident(w.rulename) || ' ON ' || r.q, NULL, NULL, NULL
  FROM rel r
  JOIN pg_rewrite w ON w.ev_class = r.oid
  WHERE w.rulename <> '_RETURN'
  UNION ALL
  SELECT 123, 'rule', r.q || '.' || quote_ident(w.rulename), 'ALTER TABLE ' || r.q || CASE w.ev_enabled
      WHEN 'D' THEN ' DISABLE' WHEN 'R' THEN ' ENABLE REPLICA' ELSE ' ENABLE ALWAYS' END || ' RULE ' || quote_ident(w.rulename),
    NULL, NULL, false, false, NULL, NULL, NULL, NULL
  FROM rel r
  JOIN pg_rewrite w ON w.ev_class = r.oid
  WHERE w.rulename <> '_RETURN' AND w.ev_enabled <> 'O'
  UNION ALL
  SELECT 125, 'row security', r.q, 'ALTER TABLE ' || r.q || ' ' || concat_ws(', ',
      CASE WHEN c.relrowsecurity THEN 'ENABLE ROW LEVEL SECURITY' END, CASE WHEN c.relforcerowsecurity THEN 'FORCE ROW LEVEL SECURITY' END),
    NULL, NULL, false, false, NULL, NULL, NULL, NULL
  FROM rel r
  JOIN pg_class c ON c.oid = r.oid
  WHERE c.relrowsecurity OR c.relforcerowsecurity
  UNION ALL
  SELECT 126, 'policy', r.q || '.' || quote_ident(p.polname), CASE WHEN here(r) THEN concat_ws(' ',
      'CREATE POLICY', quote_ident(p.polname), 'ON', r.q, 'AS', CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
      'FOR', CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
      'TO', (SELECT string_agg(CASE o WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(o)) END, ', ') FROM unnest(p.polroles) o),
      'USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
      'WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
    END,
    'pg_policy'::regclass, p.oid, false, false, 'POLICY ' || quote_ident(p.polname) || ' ON ' || r.q, NULL, NULL, NULL
  FROM rel r
  JOIN pg_policy p ON p.polrelid = r.oid
  UNION ALL
  SELECT 135, 'index', quote_ident(ic.relname), 'ALTER TABLE ' || r.q || m.action || quote_ident(ic.relname),
    NULL, NULL, false, false, NULL, NULL, NULL, NULL
  FROM rel r
  JOIN pg_index x ON x.indrelid = r.oid
  JOIN pg_class ic ON ic.oid = x.indexrelid
  JOIN (VALUES (true, ' CLUSTER ON '), (false, ' REPLICA IDENTITY USING INDEX ')) m (clusters, action)
    ON CASE WHEN m.clusters THEN x.indisclustered ELSE x.indisreplident END
  UNION ALL
  SELECT 135, 'table', r.q, 'ALTER TABLE ' || r.q || ' REPLICA IDENTITY ' || CASE c.relreplident WHEN 'f' THEN 'FULL' ELSE 'NOTHING' END,
    NULL, NULL, false, false, NULL, NULL, NULL, NULL
  FROM rel r
  JOIN pg_class c ON c.oid = r.oid
  WHERE c.relreplident IN ('f', 'n') AND r.relkind IN ('r', 'p')
), statement (stage, kind, name, sql, classid, objid, outside, marked) AS (
  SELECT stage, kind, name, sql, classid, objid, outside, marked FROM item WHERE sql IS NOT NULL
  UNION ALL
  SELECT 140, 'comment', i.kind || ' ' || i.name, 'COMMENT ON ' || i.target || ' IS ' || quote_literal(d.description),
    NULL, NULL, false, false
  FROM item i
  JOIN pg_description d ON d.classoid = i.classid AND d.objoid = i.objid AND d.objsubid = 0
  WHERE i.target IS NOT NULL
  UNION ALL
  SELECT 140, 'comment', 'column ' || k.q || '.' || k.c, 'COMMENT ON COLUMN ' || k.q || '.' || k.c || ' IS ' || quote_literal(d.description),
    NULL, NULL, false, false
  FROM col k
  JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = k.oid AND d.objsubid = k.attnum
  --grants
  UNION ALL
  SELECT g.stage, 'grant', i.kind || ' ' || i.name, g.sql, NULL, NULL, false, false
  FROM (
    SELECT kind, name, regexp_replace(target, '^(VIEW|MATERIALIZED VIEW|DOMAIN)', CASE kind WHEN 'type' THEN 'TYPE' ELSE 'TABLE' END),
      owner, acl, '' FROM item WHERE acl IS NOT NULL
    UNION ALL
    SELECT 'column', k.q || '.' || k.c, 'TABLE ' || k.q, r.relowner, a.attacl, ' (' || k.c || ')'
    FROM col k JOIN rel r ON r.oid = k.oid JOIN pg_attribute a ON a.attrelid = k.oid AND a.attnum = k.attnum
    WHERE a.attacl IS NOT NULL
    UNION ALL
    SELECT 'schema', 'itself', 'SCHEMA ' || quote_ident(target), nspowner, nspacl, '' FROM store WHERE nspacl IS NOT NULL
  ) i (kind, name, target, owner, acl, columns)
  CROSS JOIN LATERAL (
    SELECT 149 AS stage, 'REVOKE ALL ON ' || i.target || ' FROM PUBLIC' AS sql WHERE i.columns = ''
    UNION ALL
    SELECT 150, 'GRANT ' || string_agg(x.privilege_type || i.columns, ', ') || ' ON ' || i.target || ' TO '
      || CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END
      || CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
    FROM aclexplode(i.acl) x
    WHERE x.grantee IS DISTINCT FROM i.owner
    GROUP BY x.grantee, x.is_grantable
  ) g
  UNION ALL
  SELECT 151, 'grant', 'default of ' || quote_ident(pg_get_userbyid(d.defaclrole)) || ' on ' || d.defaclobjtype::text,
    'ALTER DEFAULT PRIVILEGES FOR ROLE ' || quote_ident(pg_get_userbyid(d.defaclrole)) || ' IN SCHEMA ' || quote_ident(s.target)
      || ' GRANT ' || string_agg(x.privilege_type, ', ') || ' ON '
      || CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'ROUTINES' ELSE 'TYPES' END || ' TO '
      || CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END
      || CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END,
    NULL, NULL, false, false
  FROM store s
  JOIN pg_default_acl d ON d.defaclnamespace = s.oid
  CROSS JOIN LATERAL aclexplode(d.defaclacl) x
  GROUP BY s.target, d.defaclrole, d.defaclobjtype, x.grantee, x.is_grantable
  --owners
  UNION ALL
  SELECT 160, 'owner', i.kind || ' ' || i.name, 'ALTER ' || i.target || ' OWNER TO ' || quote_ident(pg_get_userbyid(i.owner)),
    NULL, NULL, false, false
  FROM item i
  WHERE i.owner <> current_user::regrole AND i.target IS NOT NULL
  UNION ALL
  SELECT 161, 'owner', 'schema itself', 'ALTER SCHEMA ' || quote_ident(s.target) || ' OWNER TO ' || quote_ident(pg_get_userbyid(s.nspowner)),
    NULL, NULL, false, false
  FROM store s
  WHERE s.nspowner <> current_user::regrole
  --end
)
SELECT stage, kind, name, sql, coalesce(classid, 0)::bigint, coalesce(objid, 0)::bigint, outside, marked
FROM statement
ORDER BY stage, objid, name, sql
