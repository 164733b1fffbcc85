-- Whatever is administered is told to every replica, by whomever it is changed and however: a key that is revoked in SQL is refused as soon as
-- one that is revoked in the graph. The version counts the changes, so that a replica that missed a notice sees that it has.
INSERT INTO versions (name, version) VALUES ('administration', 0);
--> statement-breakpoint
-- Arguments: what is told of, and the column that has its id. Runs at commit, so that the one row that all changes touch is locked last and
-- briefly, and nobody waits in a circle; and because it is locked, notices are heard in the order of their versions.
CREATE FUNCTION tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
  subject text := changed ->> TG_ARGV[1];
  organization text := CASE TG_TABLE_NAME
    WHEN 'organizations' THEN subject
    WHEN 'api_key_secrets' THEN (SELECT k.organization_id::text FROM api_keys k WHERE k.id = subject::uuid)
    ELSE changed ->> 'organization_id'
  END;
  counted bigint;
BEGIN
  UPDATE versions v SET version = v.version + 1 WHERE v.name = 'administration' RETURNING v.version INTO counted;
  PERFORM pg_notify('modelgraph_change', concat_ws(' ', counted, TG_ARGV[0], organization, subject));
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER organizations_change AFTER INSERT OR UPDATE OR DELETE ON organizations DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION tell_change('ORGANIZATION', 'id');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER teams_change AFTER INSERT OR UPDATE OR DELETE ON teams DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION tell_change('TEAM', 'id');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER users_change AFTER INSERT OR UPDATE OR DELETE ON users DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION tell_change('USER', 'id');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER memberships_change AFTER INSERT OR UPDATE OR DELETE ON memberships DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION tell_change('USER', 'user_id');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER api_keys_change AFTER INSERT OR UPDATE OR DELETE ON api_keys DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION tell_change('API_KEY', 'id');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER api_key_secrets_change AFTER INSERT OR UPDATE OR DELETE ON api_key_secrets DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION tell_change('API_KEY', 'api_key_id');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER budgets_change AFTER INSERT OR UPDATE OR DELETE ON budgets DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION tell_change('BUDGET', 'id');
