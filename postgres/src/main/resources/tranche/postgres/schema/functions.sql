-- The server's half of a change. All of them run with the rights of their caller, find nothing but
-- pg_catalog and tranche, and refuse with an SQLSTATE of class TR:
--   TR001 the store is locked by somebody else
--   TR002 the run's lease is over
--   TR003 the store is not what the change was decided on
--   TR004 this role may not use the schema
--   TR005 the transaction is not the one that was opened
--   TR006 an object is not as the migration should have left it
--   TR007 another script stopped halfway in this store

-- A history's fingerprint is the exclusive or of this over its current rows: their order does not
-- matter, and one row can be added or taken away without reading the others.
CREATE FUNCTION tranche.row_hash(p_key text, p_checksum text, p_kind text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, tranche, pg_temp
RETURN ('x' || left(encode(sha256(convert_to(
  p_key || E'\n' || p_checksum || E'\n' || (p_kind = 'baseline')::text, 'UTF8')), 'hex'), 16)
  )::bit(64)::bigint;

-- Works version and fingerprint of a store out of its history anew.
CREATE FUNCTION tranche.refresh(p_target text, p_run text) RETURNS bigint
LANGUAGE sql VOLATILE SET search_path = pg_catalog, tranche, pg_temp AS $$
  INSERT INTO store AS s (target, version, fingerprint, run)
  SELECT p_target,
    coalesce((array_agg(h.key ORDER BY string_to_array(h.key, '.')::numeric[] DESC)
      FILTER (WHERE h.kind <> 'repeatable'))[1], '0'),
    coalesce(bit_xor(row_hash(h.key, h.checksum, h.kind)), 0),
    p_run
  FROM history h WHERE h.target = p_target AND h.ended_at IS NULL
  ON CONFLICT (target) DO UPDATE SET version = excluded.version, run = excluded.run,
    fingerprint = excluded.fingerprint, changed_at = clock_timestamp(), failure = NULL
  RETURNING fingerprint;
$$;

CREATE FUNCTION tranche.require_lease(p_run text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, tranche, pg_temp AS $$
BEGIN
  PERFORM FROM run r WHERE r.run = p_run AND r.until > clock_timestamp();
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the lease of run % is over', p_run USING ERRCODE = 'TR002';
  END IF;
END $$;

CREATE FUNCTION tranche.require_unmoved(p_is_unmoved boolean) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, tranche, pg_temp AS $$
BEGIN
  IF p_is_unmoved IS NOT TRUE THEN
    RAISE EXCEPTION 'the store has changed' USING ERRCODE = 'TR003';
  END IF;
END $$;

-- Opens a change. p_progress is the key of the script that is halfway, '' for none, '*' for any.
CREATE FUNCTION tranche.enter(p_target text, p_run text, p_keys bigint[], p_fingerprint bigint,
  p_kind text, p_progress text, p_lock_timeout text, p_statement_timeout text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, tranche, pg_temp AS $$
DECLARE
  v_key bigint;
  v_text text;
  v_alive boolean;
  v_same boolean;
  v_progress text;
BEGIN
  -- One expression, because each is set up anew in every transaction.
  v_text := set_config('lock_timeout', p_lock_timeout, true)
    || set_config('statement_timeout', p_statement_timeout, true)
    || set_config('idle_in_transaction_session_timeout', '60s', true)
    || set_config('row_security', 'off', true);
  FOREACH v_key IN ARRAY p_keys LOOP
    IF NOT pg_try_advisory_xact_lock(v_key) THEN
      RAISE EXCEPTION 'store % is locked', p_target USING ERRCODE = 'TR001';
    END IF;
  END LOOP;
  -- A statement of its own: its snapshot is taken when the locks are held.
  SELECT EXISTS (SELECT FROM run r WHERE r.run = p_run AND r.until > clock_timestamp()),
    coalesce((SELECT s.fingerprint = p_fingerprint AND s.kind = p_kind
              FROM store s WHERE s.target = p_target), p_fingerprint = 0 AND p_kind = 'tranche'),
    (SELECT p.key FROM progress p WHERE p.target = p_target)
  INTO v_alive, v_same, v_progress;
  IF v_alive AND v_same AND (p_progress = '*' OR coalesce(v_progress, '') = p_progress)
    AND has_schema_privilege(to_regnamespace(quote_ident(p_target)), 'USAGE') THEN
    v_text := set_config('tranche.inside', pg_current_xact_id()::text, true);
    RETURN;
  END IF;
  IF NOT v_alive THEN
    RAISE EXCEPTION 'the lease of run % is over', p_run USING ERRCODE = 'TR002';
  END IF;
  IF NOT v_same THEN
    RAISE EXCEPTION 'store % has changed', p_target USING ERRCODE = 'TR003';
  END IF;
  IF coalesce(v_progress, '') <> p_progress AND p_progress <> '*' THEN
    RAISE EXCEPTION 'migration % stopped halfway in %', v_progress, p_target
      USING ERRCODE = 'TR007';
  END IF;
  IF to_regnamespace(quote_ident(p_target)) IS NULL THEN
    RAISE EXCEPTION 'schema % is gone', p_target USING ERRCODE = 'TR003';
  END IF;
  RAISE EXCEPTION 'schema % cannot be used', p_target USING ERRCODE = 'TR004';
END $$;

-- Proves that no statement since enter has ended the transaction.
CREATE FUNCTION tranche.require_inside() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, tranche, pg_temp AS $$
BEGIN
  IF current_setting('tranche.inside', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
    RAISE EXCEPTION 'the script has ended its transaction' USING ERRCODE = 'TR005';
  END IF;
END $$;

-- What a relation is, for people.
CREATE FUNCTION tranche.relation_words(p_relation oid) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, tranche, pg_temp AS $$
BEGIN
  RETURN coalesce((SELECT CASE c.relkind
      WHEN 'r' THEN 'a table' WHEN 'p' THEN 'a table' WHEN 'v' THEN 'a view'
      WHEN 'm' THEN 'a materialized view' WHEN 'S' THEN 'a sequence'
      WHEN 'f' THEN 'a foreign table' WHEN 'c' THEN 'a composite type' ELSE 'an index' END
    FROM pg_class c WHERE c.oid = p_relation), 'missing');
END $$;

-- What an index covers, in words that two indexes share only if they do not differ in names.
CREATE FUNCTION tranche.index_words(p_target text, p_index oid) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, tranche, pg_temp AS $$
BEGIN
  RETURN coalesce((
    SELECT CASE WHEN i.indisvalid AND i.indisready THEN '' ELSE 'not valid, ' END
      || CASE WHEN i.indisunique THEN 'a unique index' ELSE 'an index' END
      || ' on ' || CASE WHEN t.relnamespace = to_regnamespace(quote_ident(p_target))
        THEN t.relname::text ELSE i.indrelid::regclass::text END
      || ' using ' || m.amname || ' (' || p.keys || ')'
      || coalesce(' including ' || p.included, '')
      || CASE WHEN i.indpred IS NULL THEN '' ELSE ' of some rows' END
    FROM pg_index i
    JOIN pg_class x ON x.oid = i.indexrelid
    JOIN pg_am m ON m.oid = x.relam
    JOIN pg_class t ON t.oid = i.indrelid
    CROSS JOIN LATERAL (
      SELECT string_agg(coalesce(a.attname::text, 'an expression'), ', ' ORDER BY k.place)
          FILTER (WHERE k.place <= i.indnkeyatts) AS keys,
        string_agg(a.attname, ', ' ORDER BY k.place)
          FILTER (WHERE k.place > i.indnkeyatts) AS included
      FROM unnest(i.indkey::smallint[]) WITH ORDINALITY AS k(attnum, place)
      LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum) p
    WHERE i.indexrelid = p_index), relation_words(p_index));
END $$;

-- A type as PostgreSQL writes it. p_type: its number, and behind a blank an array of modifiers.
-- NULL if there is no such number: then nobody can tell which type was meant.
CREATE FUNCTION tranche.type_words(p_type text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, tranche, pg_temp AS $$
DECLARE
  v_type oid := nullif(split_part(p_type, ' ', 1), '');
  v_modifiers text := nullif(substr(p_type, strpos(p_type || ' ', ' ') + 1), '');
  v_reader regproc;
  v_modifier integer := -1;
BEGIN
  SELECT t.typmodin INTO v_reader FROM pg_type t WHERE t.oid = v_type;
  IF v_modifiers IS NOT NULL AND v_reader::oid <> 0 THEN
    EXECUTE format('SELECT %s(%L::cstring[])', v_reader, v_modifiers) INTO v_modifier;
  END IF;
  RETURN format_type(v_type, v_modifier);
END $$;

-- Compares what should be there with the catalog. Rows of p_expected: kind, name, part, and what it
-- must be. Each kind has a statement of its own: one expression over all kinds would set up all of
-- their plans for every row.
CREATE FUNCTION tranche.require_expected(p_target text, p_expected text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, tranche, pg_temp AS $$
DECLARE
  v_schema text := quote_ident(p_target) || '.';
  v_row text[];
  v_relation oid;
  v_found text;
  v_wanted text;
BEGIN
  FOREACH v_row SLICE 1 IN ARRAY p_expected LOOP
    v_relation := to_regclass(v_schema || quote_ident(v_row[2]));
    -- What nearly every script leaves, in one expression: each is set up anew per transaction. It
    -- asks the cache instead of the catalog, and raises 42703 if there is no such column.
    CONTINUE WHEN
      v_row[1] = 'column-there' AND has_column_privilege(v_relation, v_row[3], 'SELECT') IS NOT NULL
      OR v_row[1] = 'relation-there' AND v_relation IS NOT NULL;
    v_wanted := v_row[4];
    v_found := v_wanted;
    IF v_row[1] = 'relation-there' THEN
      v_found := 'missing';
    ELSIF v_row[1] = 'relation-is' THEN
      v_found := relation_words(v_relation);
    ELSIF v_row[1] = 'relation-gone' THEN
      IF v_relation IS NOT NULL THEN
        v_found := 'still there';
      END IF;
    ELSIF v_row[1] = 'column-there' THEN
      v_found := 'missing';
    ELSIF v_row[1] = 'column-is' THEN
      v_found := coalesce((SELECT format_type(a.atttypid, a.atttypmod) FROM pg_attribute a
        WHERE a.attrelid = v_relation AND a.attname = v_row[3]), 'missing');
      v_wanted := coalesce(type_words(v_wanted), nullif(v_found, 'missing'), 'there');
    ELSIF v_row[1] = 'column-gone' THEN
      IF EXISTS (SELECT FROM pg_attribute a
          WHERE a.attrelid = v_relation AND a.attname = v_row[3]) THEN
        v_found := 'still there';
      END IF;
    ELSIF v_row[1] = 'index-valid' THEN
      IF NOT EXISTS (SELECT FROM pg_index i
          WHERE i.indexrelid = v_relation AND i.indisvalid AND i.indisready) THEN
        v_found := 'not a valid index';
      END IF;
    ELSIF v_row[1] = 'index-is' THEN
      v_found := index_words(p_target, v_relation);
    ELSIF v_row[1] = 'index-on' THEN
      IF NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = v_relation
          AND index_words(p_target, i.indexrelid) = v_wanted) THEN
        v_found := 'without';
      END IF;
    ELSIF v_row[1] = 'constraint-there' THEN
      IF NOT EXISTS (SELECT FROM pg_constraint o
          WHERE o.conrelid = v_relation AND o.conname = v_row[3]) THEN
        v_found := 'missing';
      END IF;
    ELSE
      v_found := 'not to be told: ' || v_row[1];
    END IF;
    IF v_found <> v_wanted THEN
      RAISE EXCEPTION '% is %', concat_ws('.', v_row[2], nullif(v_row[3], '')),
        v_found || CASE WHEN v_wanted = '' THEN '' WHEN v_found = 'without' THEN ' ' ELSE ', not ' END
          || v_wanted USING ERRCODE = 'TR006';
    END IF;
  END LOOP;
END $$;

-- Ends a change: proves, records, and says the new fingerprint.
CREATE FUNCTION tranche.leave(p_target text, p_run text, p_person text, p_version text,
  p_key text, p_kind text, p_description text, p_script text, p_checksum text, p_phase text,
  p_digest text, p_expected text[]) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, tranche, pg_temp AS $$
DECLARE
  v_now timestamptz;
  v_text text;
  -- As row_hash does it; calling it would plan its body anew every time.
  v_hash bigint := ('x' || left(encode(sha256(convert_to(
    p_key || E'\n' || p_checksum || E'\n' || (p_kind = 'baseline')::text, 'UTF8')), 'hex'), 16)
    )::bit(64)::bigint;
  v_old bigint;
  v_fingerprint bigint;
BEGIN
  IF current_setting('tranche.inside', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
    RAISE EXCEPTION 'the script has ended its transaction' USING ERRCODE = 'TR005';
  END IF;
  IF cardinality(p_expected) > 0 THEN
    v_text := require_expected(p_target, p_expected);
  END IF;
  v_now := clock_timestamp();
  IF p_kind = 'repeatable' THEN
    UPDATE history h SET ended_at = v_now, ended_by = p_run
    WHERE h.target = p_target AND h.key = p_key AND h.ended_at IS NULL
    RETURNING row_hash(h.key, h.checksum, h.kind) INTO v_old;
    v_hash := v_hash # coalesce(v_old, 0);
  END IF;
  INSERT INTO history (target, key, kind, description, script, checksum, phase, digest,
    applied_at, applied_by, person, duration_ms, run, fence, rows)
  SELECT p_target, p_key, p_kind, p_description, p_script, p_checksum, p_phase, p_digest,
    v_now, session_user, p_person,
    (extract(epoch FROM v_now - transaction_timestamp()) * 1000)::bigint, p_run, 0, 0
  FROM run r WHERE r.run = p_run AND r.until > v_now;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the lease of run % is over', p_run USING ERRCODE = 'TR002';
  END IF;
  UPDATE store s SET version = p_version, fingerprint = s.fingerprint # v_hash,
    changed_at = v_now, run = p_run, failure = NULL
  WHERE s.target = p_target RETURNING s.fingerprint INTO v_fingerprint;
  IF NOT FOUND THEN
    v_fingerprint := v_hash;
    INSERT INTO store (target, version, fingerprint, changed_at, run)
    VALUES (p_target, p_version, v_hash, v_now, p_run);
  END IF;
  RETURN v_fingerprint;
END $$;

-- Ends a change that took a migration back.
CREATE FUNCTION tranche.leave_undone(p_target text, p_run text, p_key text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, tranche, pg_temp AS $$
BEGIN
  PERFORM require_inside();
  PERFORM require_lease(p_run);
  UPDATE history h SET ended_at = clock_timestamp(), ended_by = p_run
  WHERE h.target = p_target AND h.key = p_key AND h.ended_at IS NULL;
  PERFORM require_unmoved(FOUND);
  RETURN refresh(p_target, p_run);
END $$;

-- Ends a transaction that changed no history: a callback, a statement of a longer script.
CREATE FUNCTION tranche.leave_as_is(p_run text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, tranche, pg_temp AS $$
BEGIN
  PERFORM require_inside();
  PERFORM require_lease(p_run);
END $$;

-- Writes down what stopped a run in a store, unless somebody else has gone on there since.
CREATE FUNCTION tranche.fail(p_target text, p_run text, p_fingerprint bigint, p_failure text)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, tranche, pg_temp AS $$
BEGIN
  PERFORM require_lease(p_run);
  UPDATE store s SET failure = p_failure, run = p_run, changed_at = clock_timestamp()
  WHERE s.target = p_target AND s.fingerprint = p_fingerprint;
  IF NOT FOUND AND p_fingerprint = 0 THEN
    INSERT INTO store (target, run, failure) VALUES (p_target, p_run, p_failure)
    ON CONFLICT DO NOTHING;
  END IF;
END $$;

-- Begins a script outside of a transaction, or says how far it got: -1 if another text of it did.
CREATE FUNCTION tranche.begin_script(p_target text, p_run text, p_key text, p_checksum text,
  p_total integer) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, tranche, pg_temp AS $$
DECLARE
  v_row progress;
BEGIN
  PERFORM require_inside();
  SELECT * INTO v_row FROM progress p WHERE p.target = p_target;
  IF v_row.target IS NULL THEN
    INSERT INTO progress VALUES (p_target, p_key, p_checksum, 0, p_total, p_run,
      clock_timestamp());
    -- Whoever reads the store finds the script by this row, also if it was the first one ever.
    INSERT INTO store (target, run) VALUES (p_target, p_run) ON CONFLICT DO NOTHING;
    RETURN 0;
  END IF;
  IF v_row.key <> p_key OR v_row.checksum <> p_checksum OR v_row.total <> p_total THEN
    RETURN -1;
  END IF;
  UPDATE progress p SET run = p_run, changed_at = clock_timestamp() WHERE p.target = p_target;
  RETURN v_row.done;
END $$;

-- One more statement of that script has run.
CREATE FUNCTION tranche.advance(p_target text, p_run text, p_done integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, tranche, pg_temp AS $$
BEGIN
  PERFORM require_inside();
  PERFORM require_lease(p_run);
  UPDATE progress p SET done = p_done, run = p_run, changed_at = clock_timestamp()
  WHERE p.target = p_target;
  PERFORM require_unmoved(FOUND);
END $$;

CREATE FUNCTION tranche.end_script(p_target text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, tranche, pg_temp AS $$
  DELETE FROM progress p WHERE p.target = p_target;
$$;

-- Ends the sessions that hold one of these locks for a run whose lease is over, and says how many.
CREATE FUNCTION tranche.evict(p_keys bigint[]) RETURNS bigint
LANGUAGE sql SET search_path = pg_catalog, tranche, pg_temp AS $$
  SELECT count(*) FILTER (WHERE pg_terminate_backend(a.pid, 5000))
  FROM (SELECT DISTINCT l.pid FROM pg_locks l
        JOIN unnest(p_keys) k(key) ON l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
          AND l.classid = ((k.key >> 32) & 4294967295)::oid AND l.objid = (k.key & 4294967295)::oid
        WHERE l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
       ) held
  JOIN session s ON s.pid = held.pid
  JOIN pg_stat_activity a ON a.pid = s.pid AND a.backend_start = s.backend_start
  JOIN run r ON r.run = s.run AND r.until <= clock_timestamp()
  WHERE a.pid <> pg_backend_pid();
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA tranche FROM PUBLIC;
