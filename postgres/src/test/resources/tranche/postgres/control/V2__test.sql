ALTER TABLE tranche_control.journal ADD COLUMN note text NOT NULL DEFAULT 'upgraded; $1';
