ALTER TABLE ordrs ADD priority int;
