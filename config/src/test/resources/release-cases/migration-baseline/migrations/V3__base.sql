CREATE TABLE issue (id bigint);
