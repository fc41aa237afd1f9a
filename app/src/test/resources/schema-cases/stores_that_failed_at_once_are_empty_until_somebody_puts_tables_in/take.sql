-- in t2:
DROP TABLE stranger;
