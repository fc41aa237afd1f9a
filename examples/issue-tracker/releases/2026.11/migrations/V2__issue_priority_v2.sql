-- tranche: phase=expand
--
-- From here on two releases write at the same time: 2026.10 knows only priority (a word), 2026.11 knows
-- only priority_v2 (1 low to 4 urgent). The trigger keeps both columns in step, whoever writes.

-- ACCESS EXCLUSIVE, but no rewrite and no scan: a new column without a default is catalog work only, and
-- NOT VALID checks look at rows written from now on. Rows written from now on always have priority_v2,
-- because the trigger below fills it before the check looks.
ALTER TABLE issue
  ADD COLUMN priority_v2 smallint,
  ADD CONSTRAINT issue_priority_v2_is_known CHECK (priority_v2 BETWEEN 1 AND 4) NOT VALID,
  ADD CONSTRAINT issue_priority_v2_is_set CHECK (priority_v2 IS NOT NULL) NOT VALID;

-- Who wrote is never a guess, because no release writes both columns:
--   INSERT  An old writer cannot name priority_v2, so there it is NULL; a new writer always gives it.
--   UPDATE  The column that differs from the row before is the one that was written. When neither differs,
--           the columns agree already, or the row is older than priority_v2: then the word is right.
-- One statement that writes both and means two different things is nobody's write: it is refused.
-- The backfill sets priority_v2 to what the word means, which is a write of the new column that changes no
-- word. The function only edits the row that is being written, so no write causes another.
--
-- It refers to no table, and its search path is pinned with pg_temp last, so nobody can slip another
-- operator or function under it.
CREATE FUNCTION issue_priority_in_step() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  words CONSTANT text[] := ARRAY['low', 'normal', 'high', 'urgent'];
  word_written boolean;
  number_written boolean;
BEGIN
  IF TG_OP = 'INSERT' THEN
    word_written := NEW.priority IS NOT NULL;
    number_written := NEW.priority_v2 IS NOT NULL;
  ELSE
    word_written := NEW.priority IS DISTINCT FROM OLD.priority;
    number_written := NEW.priority_v2 IS DISTINCT FROM OLD.priority_v2;
  END IF;

  IF word_written AND number_written
      AND NEW.priority IS DISTINCT FROM words[NEW.priority_v2] THEN
    RAISE EXCEPTION 'priority and priority_v2 were both written and disagree'
      USING ERRCODE = 'check_violation';
  END IF;

  IF number_written THEN
    NEW.priority := words[NEW.priority_v2];
  ELSE
    NEW.priority_v2 := array_position(words, NEW.priority);
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER issue_priority_in_step
  BEFORE INSERT OR UPDATE ON issue
  FOR EACH ROW EXECUTE FUNCTION issue_priority_in_step();
