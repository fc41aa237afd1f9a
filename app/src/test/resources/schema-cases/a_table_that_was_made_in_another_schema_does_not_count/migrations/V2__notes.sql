-- tranche: allow=set-search-path
SET LOCAL search_path = elsewhere;
CREATE TABLE IF NOT EXISTS notes (id int);
