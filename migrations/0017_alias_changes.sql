-- A publication takes effect on every replica as soon as it is committed. It ends one row and makes another: two notices, of which the second finds
-- nothing new.
CREATE CONSTRAINT TRIGGER aliases_change AFTER INSERT OR UPDATE OR DELETE ON aliases DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION tell_change('ALIAS', 'name');
