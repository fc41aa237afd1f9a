DO $x$ BEGIN DROP TABLE issue; END $x$;
