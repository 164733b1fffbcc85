-- A uuidv7 (RFC 9562) of this moment.
CREATE FUNCTION uuid_at(at timestamptz) RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT encode(
    -- The random one is of version 4, 0100: with two bits more it is of version 7, 0111.
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid()) PLACING substring(int8send(floor(extract(epoch FROM at) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
      52, 1), 53, 1),
    'hex')::uuid
$$;
--> statement-breakpoint
-- Raises an alert about a budget's period, unless it was raised before, and tells all replicas.
CREATE FUNCTION raise_alert(about text, budget budgets, now_used budget_windows, percentage integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz := date_trunc('milliseconds', clock_timestamp());
  alert_id uuid := uuid_at(moment);
BEGIN
  INSERT INTO alerts (id, key, at, kind, organization_id, budget_id, period_start, period_end, percent, used_amount, limit_amount)
  VALUES (
    alert_id,
    concat_ws(' ', about, budget.id, floor(extract(epoch FROM now_used.period_start) * 1000)::bigint, percentage),
    moment, about, budget.organization_id, budget.id, now_used.period_start, now_used.period_end, percentage, now_used.spent, budget.limit_amount
  ) ON CONFLICT (key) DO NOTHING;
  IF FOUND THEN
    PERFORM pg_notify('modelgraph_alert', alert_id::text);
  END IF;
END
$$;
--> statement-breakpoint
-- In the transaction that books what was used, whichever it is, so that no alert is lost with an answer or a process. Of several thresholds
-- reached at once the highest is told. A limit of a minute is a rate, and that of a client token ends with it: reaching them needs no operator.
CREATE FUNCTION raise_budget_alerts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  budget budgets%ROWTYPE;
  crossed integer;
BEGIN
  SELECT * INTO budget FROM budgets b WHERE b.id = NEW.budget_id;
  IF budget.window_size = 'MINUTE' OR budget.scope = 'CLIENT_TOKEN' OR budget.deleted_at IS NOT NULL THEN
    RETURN NEW;
  END IF;
  IF budget.limit_amount > 0 THEN
    SELECT max(threshold::integer) INTO crossed FROM jsonb_array_elements_text(budget.thresholds) AS threshold
    WHERE threshold::integer > OLD.alerted AND NEW.spent::numeric * 100 >= budget.limit_amount::numeric * threshold::integer;
    -- Something higher may have been told already.
    IF crossed IS NOT NULL AND crossed >= NEW.alerted THEN
      PERFORM raise_alert('BUDGET_THRESHOLD', budget, NEW, crossed);
    END IF;
  END IF;
  NEW.alerted := greatest(NEW.alerted, OLD.alerted, crossed);
  IF NEW.overrun > OLD.overrun THEN
    PERFORM raise_alert('BUDGET_OVERRUN', budget, NEW, NULL);
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER budget_windows_alerts BEFORE UPDATE ON budget_windows FOR EACH ROW
WHEN (NEW.spent <> OLD.spent OR NEW.overrun <> OLD.overrun OR NEW.alerted <> OLD.alerted)
EXECUTE FUNCTION raise_budget_alerts();
