-- in t2:
CREATE TABLE stranger (id int);
