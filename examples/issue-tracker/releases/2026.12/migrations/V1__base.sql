-- tranche: phase=expand
--
-- The same file makes the tables of a pooled store (many tenants, told apart by tenant_id), of a schema
-- and of a database that belong to one tenant. So every table has tenant_id, and it is part of every key:
-- a reference can never lead to another tenant's row.

CREATE TABLE team (
  tenant_id text NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT team_name_is_taken UNIQUE (tenant_id, name)
);

CREATE TABLE app_user (
  tenant_id text NOT NULL,
  id uuid NOT NULL,
  handle text NOT NULL,
  name text NOT NULL,
  team_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT app_user_handle_is_taken UNIQUE (tenant_id, handle),
  CONSTRAINT app_user_team_exists FOREIGN KEY (tenant_id, team_id)
    REFERENCES team (tenant_id, id) ON DELETE SET NULL (team_id)
);

CREATE INDEX app_user_by_team ON app_user (tenant_id, team_id);

-- team_id has no foreign key: the teams of a hybrid tenant live in another schema than its issues. The
-- application locks the team's row in the transaction that refers to it, which has the same effect.
CREATE TABLE issue (
  tenant_id text NOT NULL,
  id uuid NOT NULL,
  team_id uuid,
  title text NOT NULL,
  body text NOT NULL,
  status text NOT NULL,
  priority text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  -- A digest of what the issue was created with: tells a repeated request from a clash of ids, also after
  -- the issue has been changed.
  created_from uuid,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT issue_status_is_known CHECK (status IN ('open', 'in_progress', 'done')),
  CONSTRAINT issue_priority_is_known CHECK (priority IN ('low', 'normal', 'high', 'urgent'))
);

CREATE INDEX issue_by_age ON issue (tenant_id, created_at DESC, id);
CREATE INDEX issue_by_team ON issue (tenant_id, team_id) WHERE team_id IS NOT NULL;

CREATE TABLE comment (
  tenant_id text NOT NULL,
  id uuid NOT NULL,
  issue_id uuid NOT NULL,
  author text NOT NULL,
  body text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT comment_issue_exists FOREIGN KEY (tenant_id, issue_id)
    REFERENCES issue (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX comment_by_issue ON comment (tenant_id, issue_id, created_at, id);

-- Enabled for everybody and forced for the owner too. Where no tenant is set, current_setting gives NULL
-- or, after an earlier SET LOCAL in the same session, the empty text: nullif makes both match no row.
ALTER TABLE team ENABLE ROW LEVEL SECURITY;
ALTER TABLE team FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant_only ON team
  USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));

ALTER TABLE app_user ENABLE ROW LEVEL SECURITY;
ALTER TABLE app_user FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant_only ON app_user
  USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));

ALTER TABLE issue ENABLE ROW LEVEL SECURITY;
ALTER TABLE issue FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant_only ON issue
  USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));

ALTER TABLE comment ENABLE ROW LEVEL SECURITY;
ALTER TABLE comment FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant_only ON comment
  USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));
