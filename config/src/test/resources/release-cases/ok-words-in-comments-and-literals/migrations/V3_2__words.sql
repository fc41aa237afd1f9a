-- we DROP nothing
/* no /* nested */ TRUNCATE */
CREATE TABLE "drop" (a text DEFAULT 'it''s to DELETE FROM', b text DEFAULT E'\'DROP');
CREATE TABLE child (issue bigint REFERENCES issue ON DELETE CASCADE, type text);
GRANT DELETE ON issue TO app;
