-- in late:
DROP TABLE stranger;
