-- tranche: requires=shared@2
CREATE TABLE orders (id int, plan int REFERENCES shared.plans);
