ALTER TABLE "budget_windows" ADD COLUMN "recalls" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "budget_windows" ADD COLUMN "alerted" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- A silent replica's lease that was charged whole is leased again: the replica is heard, or its ledger proves what it drew. The window is locked by the caller.
CREATE FUNCTION release_loss(budget uuid, period timestamptz, replica uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  lost bigint;
BEGIN
  DELETE FROM lease_losses l WHERE l.budget_id = budget AND l.period_start = period AND l.replica_id = replica RETURNING l.amount INTO lost;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  UPDATE budget_windows w SET spent = w.spent - lost, leased = w.leased + lost WHERE w.budget_id = budget AND w.period_start = period;
  UPDATE leases l SET closed_at = NULL WHERE l.budget_id = budget AND l.period_start = period AND l.replica_id = replica;
END
$$;
--> statement-breakpoint
-- Whoever syncs a window charges whole what replicas have out of it that were not heard for 30 seconds, by the database's clock. A replica that
-- was only slow has not spent more than it was charged, so no clock decides whether the books are right. Parallel calls of the dead end:
-- their places come free after an hour, longer than any call may take. The window is locked by the caller.
CREATE FUNCTION charge_silent_leases(budget budgets, period timestamptz, self uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  parallel boolean := budget.meter = 'PARALLEL';
  silent record;
BEGIN
  FOR silent IN
    SELECT l.replica_id, lease_outstanding(l.granted, l.spent, l.returned) AS outstanding
    FROM leases l JOIN replicas r ON r.id = l.replica_id
    WHERE l.budget_id = budget.id AND l.period_start = period AND l.replica_id <> self AND l.closed_at IS NULL
      AND r.heartbeat_at < now() - CASE WHEN parallel THEN interval '1 hour' ELSE interval '30 seconds' END
      AND lease_outstanding(l.granted, l.spent, l.returned) > 0
  LOOP
    IF NOT parallel THEN
      INSERT INTO lease_losses (budget_id, period_start, replica_id, amount, charged_at)
      VALUES (budget.id, period, silent.replica_id, silent.outstanding, now());
    END IF;
    UPDATE leases l SET
      closed_at = CASE WHEN parallel THEN l.closed_at ELSE now() END,
      returned = CASE WHEN parallel THEN l.returned + silent.outstanding ELSE l.returned END
    WHERE l.budget_id = budget.id AND l.period_start = period AND l.replica_id = silent.replica_id;
    UPDATE budget_windows w SET
      spent = w.spent + CASE WHEN parallel THEN 0 ELSE silent.outstanding END,
      leased = w.leased - silent.outstanding
    WHERE w.budget_id = budget.id AND w.period_start = period;
  END LOOP;
END
$$;
--> statement-breakpoint
DROP FUNCTION sync_leases(uuid, timestamptz, text);
--> statement-breakpoint
-- Books the totals that a replica reports and grants what there is. Totals only grow: what comes twice or late books nothing.
-- What is wanted is told beside the total that the replica knows, so that what an answer that was lost has granted is not granted again.
-- Windows are taken in one order by all, so that nobody waits in a circle.
CREATE FUNCTION sync_leases(replica uuid, at timestamptz, reports text)
RETURNS TABLE (
  budget_id uuid, period_start timestamptz, granted bigint, returned bigint, limit_amount bigint, spent_by_all bigint, leased_by_all bigint,
  replica_count bigint, recalls bigint, crossed integer
)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  report record;
  budget budgets%ROWTYPE;
  window_row budget_windows%ROWTYPE;
  lease leases%ROWTYPE;
  before leases%ROWTYPE;
  missing bigint;
  least_grant bigint;
  room bigint;
BEGIN
  INSERT INTO replicas (id, started_at, heartbeat_at) VALUES (replica, at, now())
  ON CONFLICT (id) DO UPDATE SET heartbeat_at = greatest(replicas.heartbeat_at, excluded.heartbeat_at);
  FOR report IN
    SELECT * FROM jsonb_to_recordset(reports::jsonb) AS r(
      "budgetId" uuid, "periodStart" timestamptz, "periodEnd" timestamptz, granted bigint, spent bigint, overrun bigint, returned bigint,
      want bigint, least bigint, recall boolean
    ) ORDER BY "budgetId", "periodStart"
  LOOP
    SELECT * INTO budget FROM budgets WHERE id = report."budgetId";
    CONTINUE WHEN NOT FOUND;
    INSERT INTO budget_windows (budget_id, period_start, period_end)
    VALUES (budget.id, report."periodStart", report."periodEnd") ON CONFLICT DO NOTHING;
    PERFORM 1 FROM budget_windows w WHERE w.budget_id = budget.id AND w.period_start = report."periodStart" FOR UPDATE;
    INSERT INTO leases (budget_id, period_start, replica_id)
    VALUES (budget.id, report."periodStart", replica) ON CONFLICT DO NOTHING;
    PERFORM release_loss(budget.id, report."periodStart", replica);
    PERFORM charge_silent_leases(budget, report."periodStart", replica);
    SELECT * INTO window_row FROM budget_windows w WHERE w.budget_id = budget.id AND w.period_start = report."periodStart";
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

    -- Replicas of an older version do not say what they know.
    missing := coalesce(report.granted, before.granted) + report.want - before.granted;
    least_grant := coalesce(report.granted, before.granted) + coalesce(report.least, 0) - before.granted;
    -- A closed lease has been settled, and a deleted budget grants nothing.
    IF missing > 0 AND before.closed_at IS NULL AND budget.deleted_at IS NULL THEN
      room := CASE budget.policy WHEN 'SOFT' THEN missing ELSE greatest(0, budget.limit_amount - window_row.spent - window_row.leased) END;
      -- What lets no waiting call go on would only be missing elsewhere.
      IF room >= least_grant THEN
        lease.granted := before.granted + least(missing, room);
        window_row.leased := window_row.leased + lease_outstanding(lease.granted, lease.spent, lease.returned)
          - lease_outstanding(before.granted, lease.spent, lease.returned);
      END IF;
      IF report.recall AND lease.granted - before.granted < missing
        AND window_row.leased > lease_outstanding(lease.granted, lease.spent, lease.returned) THEN
        window_row.recalls := window_row.recalls + 1;
        PERFORM pg_notify('modelgraph_recall', budget.id || ' ' || replica);
      END IF;
    END IF;

    crossed := NULL;
    IF budget.limit_amount > 0 THEN
      SELECT max(threshold::integer) INTO crossed FROM jsonb_array_elements_text(budget.thresholds) AS threshold
      WHERE threshold::integer > window_row.alerted AND window_row.spent::numeric * 100 >= budget.limit_amount::numeric * threshold::integer;
      window_row.alerted := coalesce(crossed, window_row.alerted);
    END IF;

    UPDATE budget_windows w SET
      spent = window_row.spent, leased = window_row.leased, overrun = window_row.overrun, recalls = window_row.recalls, alerted = window_row.alerted
    WHERE w.budget_id = budget.id AND w.period_start = report."periodStart";
    -- Nothing more comes of a period that has ended and of which nothing is out.
    IF report."periodEnd" <= at AND lease_outstanding(lease.granted, lease.spent, lease.returned) = 0 THEN
      lease.closed_at := coalesce(before.closed_at, at);
    END IF;
    UPDATE leases l SET
      granted = lease.granted, spent = lease.spent, overrun = lease.overrun, returned = lease.returned, closed_at = lease.closed_at
    WHERE l.budget_id = budget.id AND l.period_start = report."periodStart" AND l.replica_id = replica;
    CONTINUE WHEN budget.deleted_at IS NOT NULL;

    SELECT count(*) INTO replica_count FROM leases l JOIN replicas r ON r.id = l.replica_id
    WHERE l.budget_id = budget.id AND l.period_start = report."periodStart" AND l.closed_at IS NULL
      AND r.gone_at IS NULL AND r.heartbeat_at > now() - interval '30 seconds';
    budget_id := budget.id;
    period_start := report."periodStart";
    granted := lease.granted;
    returned := lease.returned;
    limit_amount := budget.limit_amount;
    spent_by_all := window_row.spent;
    leased_by_all := window_row.leased;
    recalls := window_row.recalls;
    RETURN NEXT;
  END LOOP;
END
$$;
--> statement-breakpoint
-- To be called when all that a replica wrote into its ledger has been ingested and it spends no more: what the ledger proves it drew
-- is spent, the rest goes back, also of what it was charged when it fell silent. Doing it twice changes nothing.
CREATE OR REPLACE FUNCTION settle_replica(replica uuid, at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  lease leases%ROWTYPE;
  proved bigint;
  over bigint;
BEGIN
  FOR lease IN
    SELECT * FROM leases l WHERE l.replica_id = replica AND (
      l.closed_at IS NULL OR EXISTS (
        SELECT FROM lease_losses s WHERE s.budget_id = l.budget_id AND s.period_start = l.period_start AND s.replica_id = replica
      )
    ) ORDER BY l.budget_id, l.period_start
  LOOP
    PERFORM 1 FROM budget_windows w WHERE w.budget_id = lease.budget_id AND w.period_start = lease.period_start FOR UPDATE;
    PERFORM release_loss(lease.budget_id, lease.period_start, replica);
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
    UPDATE budget_windows w SET
      spent = w.spent + proved - lease.spent,
      overrun = w.overrun + over - lease.overrun,
      leased = w.leased - lease_outstanding(lease.granted, lease.spent, lease.returned)
    WHERE w.budget_id = lease.budget_id AND w.period_start = lease.period_start;
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
