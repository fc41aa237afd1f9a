-- in database:
CREATE SCHEMA elsewhere;
