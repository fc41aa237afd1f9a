-- in late:
CREATE TABLE stranger (id int);
