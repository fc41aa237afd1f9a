ALTER TABLE plns ADD code text;
