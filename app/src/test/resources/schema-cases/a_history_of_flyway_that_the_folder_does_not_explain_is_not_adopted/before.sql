CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, item text NOT NULL);
CREATE TABLE flyway_schema_history (
  installed_rank integer PRIMARY KEY, version varchar(50), description varchar(200) NOT NULL,
  type varchar(20) NOT NULL, script varchar(1000) NOT NULL, checksum integer,
  installed_by varchar(100) NOT NULL, installed_on timestamp NOT NULL DEFAULT now(),
  execution_time integer NOT NULL, success boolean NOT NULL);
INSERT INTO flyway_schema_history VALUES (1, '1', 'orders', 'SQL', 'V1__orders.sql', -834086449, 'shop', now(), 3, true);
-- in t2:
UPDATE flyway_schema_history SET checksum = 12345;
-- in t3:
INSERT INTO flyway_schema_history VALUES (2, '2', 'priority', 'SQL', 'V2__priority.sql', 77, 'shop', now(), 3, false);
