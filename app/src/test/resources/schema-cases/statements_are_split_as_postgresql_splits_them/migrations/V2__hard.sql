/* outer ; /* inner ; */ still ; outer */
CREATE FUNCTION total() RETURNS bigint LANGUAGE plpgsql AS $body$
BEGIN
  -- a semicolon; here, and $$ there
  RETURN (SELECT count(*) FROM orders WHERE item <> 'a;b');
END;
$body$;
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT n; SELECT n + n; END;
CREATE PROCEDURE note(what text) LANGUAGE sql BEGIN ATOMIC INSERT INTO seen (what) VALUES (what); END;
INSERT INTO seen (what) VALUES (E'it\'s; one'), ('two '';'' three'), ($$four;$$), ($q$five $$;$$ $q$);
INSERT INTO seen (what) VALUES (U&'six\003b' || "lower"('SEVEN;')) -- no semicolon; at the end
