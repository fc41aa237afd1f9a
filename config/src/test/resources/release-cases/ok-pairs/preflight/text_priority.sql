SELECT id FROM issue WHERE false;
