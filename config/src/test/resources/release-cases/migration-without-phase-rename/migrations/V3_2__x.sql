alter table issue rename to issues;
