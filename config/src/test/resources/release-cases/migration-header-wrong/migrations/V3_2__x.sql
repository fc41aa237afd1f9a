-- tranche: phase=contarct
DROP TABLE issue;
