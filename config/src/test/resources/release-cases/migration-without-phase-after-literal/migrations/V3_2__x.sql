SELECT 'a''', E'\\'; DROP TABLE issue;
