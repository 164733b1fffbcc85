-- The hot statements are functions: their plans are kept by each connection, and one round trip does the whole of the work.

-- Creates the partition of the month that holds this instant, where there is none.
CREATE FUNCTION ensure_usage_partition(at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  month timestamp := date_trunc('month', at AT TIME ZONE 'UTC');
  name text := 'usage_events_y' || to_char(month, 'YYYY') || 'm' || to_char(month, 'MM');
BEGIN
  IF to_regclass(name) IS NOT NULL THEN
    RETURN;
  END IF;
  -- Two replicas that create one partition at once would fail each other.
  PERFORM pg_advisory_xact_lock(7302, 1);
  EXECUTE format(
    'CREATE TABLE IF NOT EXISTS %I PARTITION OF usage_events FOR VALUES FROM (%L) TO (%L)',
    name, month::text || '+00', (month + interval '1 month')::text || '+00'
  );
END
$$;
--> statement-breakpoint
-- Writes events (a JSON array of rows) that are not there yet and counts what only those drew. Answers how many were new.
CREATE FUNCTION ingest_usage(events text) RETURNS bigint LANGUAGE sql AS $$
  WITH fresh AS (
    INSERT INTO usage_events
    SELECT * FROM json_populate_recordset(NULL::usage_events, events::json)
    ON CONFLICT DO NOTHING
    RETURNING replica_id, draws
  ), drawn AS (
    INSERT INTO ledger_draws (replica_id, budget_id, period_start, amount)
    SELECT fresh.replica_id, draw."budgetId", to_timestamp(draw."periodStart" / 1000.0), sum(draw.amount)
    FROM fresh, jsonb_to_recordset(fresh.draws) AS draw("budgetId" uuid, "periodStart" bigint, amount bigint)
    GROUP BY 1, 2, 3
    -- One order for all who write here, so that nobody waits in a circle.
    ORDER BY 1, 2, 3
    ON CONFLICT (replica_id, budget_id, period_start) DO UPDATE SET amount = ledger_draws.amount + excluded.amount
  )
  SELECT count(*) FROM fresh
$$;
--> statement-breakpoint
-- What a lease still has out of its window. An overrun may make it spend more than was granted.
CREATE FUNCTION lease_outstanding(granted bigint, spent bigint, returned bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT greatest(0, granted - spent - returned)
$$;
--> statement-breakpoint
-- Books the totals that a replica reports and grants what there is. Totals only grow: what comes twice or late books nothing.
-- Windows are taken in one order by all, so that nobody waits in a circle.
CREATE FUNCTION sync_leases(replica uuid, at timestamptz, reports text)
RETURNS TABLE (budget_id uuid, period_start timestamptz, granted bigint, limit_amount bigint, spent_by_all bigint, leased_by_all bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  report record;
  budget budgets%ROWTYPE;
  window_row budget_windows%ROWTYPE;
  lease leases%ROWTYPE;
  before leases%ROWTYPE;
  room bigint;
BEGIN
  INSERT INTO replicas (id, started_at, heartbeat_at) VALUES (replica, at, at)
  ON CONFLICT (id) DO UPDATE SET heartbeat_at = greatest(replicas.heartbeat_at, excluded.heartbeat_at);
  FOR report IN
    SELECT * FROM jsonb_to_recordset(reports::jsonb) AS r(
      "budgetId" uuid, "periodStart" timestamptz, "periodEnd" timestamptz, spent bigint, overrun bigint, returned bigint, want bigint
    ) ORDER BY "budgetId", "periodStart"
  LOOP
    SELECT * INTO budget FROM budgets WHERE id = report."budgetId";
    CONTINUE WHEN NOT FOUND;
    INSERT INTO budget_windows (budget_id, period_start, period_end)
    VALUES (budget.id, report."periodStart", report."periodEnd") ON CONFLICT DO NOTHING;
    SELECT * INTO window_row FROM budget_windows w
    WHERE w.budget_id = budget.id AND w.period_start = report."periodStart" FOR UPDATE;
    INSERT INTO leases (budget_id, period_start, replica_id)
    VALUES (budget.id, report."periodStart", replica) ON CONFLICT DO NOTHING;
    SELECT * INTO before FROM leases l
    WHERE l.budget_id = budget.id AND l.period_start = report."periodStart" AND l.replica_id = replica;

    lease := before;
    lease.spent := greatest(before.spent, report.spent);
    lease.overrun := greatest(before.overrun, report.overrun);
    lease.returned := greatest(before.returned, least(report.returned, before.granted));
    window_row.spent := window_row.spent + lease.spent - before.spent;
    window_row.overrun := window_row.overrun + lease.overrun - before.overrun;
    window_row.leased := window_row.leased + lease_outstanding(lease.granted, lease.spent, lease.returned)
      - lease_outstanding(before.granted, before.spent, before.returned);

    -- A closed lease has been settled, and a deleted budget grants nothing.
    IF report.want > 0 AND before.closed_at IS NULL AND budget.deleted_at IS NULL THEN
      room := CASE budget.policy WHEN 'SOFT' THEN report.want ELSE greatest(0, budget.limit_amount - window_row.spent - window_row.leased) END;
      lease.granted := before.granted + least(report.want, room);
      window_row.leased := window_row.leased + lease_outstanding(lease.granted, lease.spent, lease.returned)
        - lease_outstanding(before.granted, lease.spent, lease.returned);
    END IF;

    UPDATE budget_windows w SET spent = window_row.spent, leased = window_row.leased, overrun = window_row.overrun
    WHERE w.budget_id = budget.id AND w.period_start = report."periodStart";
    -- Nothing more comes of a period that has ended and of which nothing is out.
    IF report."periodEnd" <= at AND lease_outstanding(lease.granted, lease.spent, lease.returned) = 0 THEN
      lease.closed_at := coalesce(before.closed_at, at);
    END IF;
    UPDATE leases l SET
      granted = lease.granted, spent = lease.spent, overrun = lease.overrun, returned = lease.returned, closed_at = lease.closed_at
    WHERE l.budget_id = budget.id AND l.period_start = report."periodStart" AND l.replica_id = replica;
    CONTINUE WHEN budget.deleted_at IS NOT NULL;

    budget_id := budget.id;
    period_start := report."periodStart";
    granted := lease.granted;
    limit_amount := budget.limit_amount;
    spent_by_all := window_row.spent;
    leased_by_all := window_row.leased;
    RETURN NEXT;
  END LOOP;
END
$$;
--> statement-breakpoint
-- To be called when all that a replica wrote into its ledger has been ingested and it spends no more: what the ledger proves it drew
-- is spent, the rest goes back. Doing it twice changes nothing.
CREATE FUNCTION settle_replica(replica uuid, at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  lease leases%ROWTYPE;
  proved bigint;
  over bigint;
BEGIN
  FOR lease IN
    SELECT * FROM leases l WHERE l.replica_id = replica AND l.closed_at IS NULL ORDER BY l.budget_id, l.period_start
  LOOP
    PERFORM 1 FROM budget_windows w WHERE w.budget_id = lease.budget_id AND w.period_start = lease.period_start FOR UPDATE;
    -- Read again under the lock: another may have settled it meanwhile.
    SELECT * INTO lease FROM leases l
    WHERE l.budget_id = lease.budget_id AND l.period_start = lease.period_start AND l.replica_id = replica;
    CONTINUE WHEN lease.closed_at IS NOT NULL;

    -- Calls under way are none when the replica is gone, so parallel calls spend nothing.
    SELECT greatest(lease.spent, CASE b.meter WHEN 'PARALLEL' THEN 0 ELSE coalesce(d.amount, 0) END) INTO proved
    FROM budgets b
    LEFT JOIN ledger_draws d ON d.replica_id = replica AND d.budget_id = b.id AND d.period_start = lease.period_start
    WHERE b.id = lease.budget_id;

    -- What exceeds all that was at the replica's hand was held by nobody.
    over := greatest(lease.overrun, proved - (lease.granted - lease.returned));

    -- A lease that was charged whole is in the window's spent already: what it lost is lowered, never charged again.
    UPDATE lease_losses l SET amount = greatest(0, l.amount - (proved - lease.spent))
    WHERE l.budget_id = lease.budget_id AND l.period_start = lease.period_start AND l.replica_id = replica;
    IF NOT FOUND THEN
      UPDATE budget_windows w SET
        spent = w.spent + proved - lease.spent,
        overrun = w.overrun + over - lease.overrun,
        leased = w.leased - lease_outstanding(lease.granted, lease.spent, lease.returned)
      WHERE w.budget_id = lease.budget_id AND w.period_start = lease.period_start;
    END IF;
    UPDATE leases l SET
      spent = proved,
      overrun = over,
      returned = greatest(lease.returned, least(lease.granted, lease.granted - proved)),
      closed_at = at
    WHERE l.budget_id = lease.budget_id AND l.period_start = lease.period_start AND l.replica_id = replica;
  END LOOP;
  DELETE FROM ledger_draws d WHERE d.replica_id = replica;
  UPDATE replicas r SET gone_at = coalesce(r.gone_at, at) WHERE r.id = replica;
END
$$;
--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Rows of % are never changed or deleted.', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_log_keep BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
