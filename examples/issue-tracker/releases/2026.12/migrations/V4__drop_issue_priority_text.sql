-- tranche: phase=contract
--
-- Only when nothing runs 2026.10 any more and nothing can be taken back to it.

-- The scan comes first, under SHARE UPDATE EXCLUSIVE: readers and writers go on while it lasts.
ALTER TABLE issue VALIDATE CONSTRAINT issue_priority_v2_is_set;
ALTER TABLE issue VALIDATE CONSTRAINT issue_priority_v2_is_known;

-- From here on ACCESS EXCLUSIVE, for catalog work only: SET NOT NULL does not scan, because the valid
-- check proves that no row is NULL.
ALTER TABLE issue ALTER COLUMN priority_v2 SET NOT NULL;
ALTER TABLE issue DROP CONSTRAINT issue_priority_v2_is_set;
DROP TRIGGER issue_priority_in_step ON issue;
DROP FUNCTION issue_priority_in_step();
ALTER TABLE issue DROP COLUMN priority;
