-- made for ${Plan}
CREATE TABLE ${flyway:defaultSchema}.orders (id int, plan text DEFAULT '${plan}', tenant text DEFAULT '${tranche:tenant}', script text DEFAULT '${flyway:filename}', history text DEFAULT '${flyway:table}');
INSERT INTO orders DEFAULT VALUES;
