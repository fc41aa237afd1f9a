-- the application reads

GRANT SELECT ON orders TO ${reader};
