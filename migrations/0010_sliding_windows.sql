-- Sliding windows, whose rates hold in every span of their length; see docs/decisions/0012. What was held in a sixtieth of the span comes back
-- a whole span and half a sixtieth after that sixtieth's end. What a replica says of its past is a duration; all instants are the database's.
CREATE FUNCTION slide_back_at(sliding_ms integer, age_ms bigint) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT to_timestamp(
    ((floor((extract(epoch FROM now()) * 1000 - age_ms) / (sliding_ms / 60.0)) + 1.5) * (sliding_ms / 60.0) + sliding_ms) / 1000
  )
$$;
--> statement-breakpoint
-- Books what a lease has spent beyond `before`. `told` is an array of [total, age]: up to this total it was held at least so many milliseconds ago.
-- What it does not cover counts from now. The window is locked by the caller.
CREATE FUNCTION spend_sliding(budget uuid, sliding_ms integer, before bigint, total bigint, told jsonb) RETURNS void LANGUAGE sql AS $$
  WITH parts AS (
    SELECT (entry ->> 0)::bigint AS upto, (entry ->> 1)::bigint AS age_ms, place
    FROM jsonb_array_elements(coalesce(told, '[]'::jsonb) || jsonb_build_array(jsonb_build_array(total, 0))) WITH ORDINALITY AS t(entry, place)
  ), booked AS (
    SELECT age_ms, least(upto, total) - greatest(coalesce(max(upto) OVER (ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0), before)
      AS amount
    FROM parts
  )
  INSERT INTO sliding_spends (budget_id, back_at, amount)
  SELECT budget, slide_back_at(sliding_ms, age_ms), sum(amount) FROM booked
  WHERE amount > 0 AND slide_back_at(sliding_ms, age_ms) > now() GROUP BY 2
  ON CONFLICT (budget_id, back_at) DO UPDATE SET amount = sliding_spends.amount + excluded.amount
$$;
--> statement-breakpoint
-- What a lease has out of its window. What was spent beyond its holds is taken out of a period's room by what is spent, and so from the lease too;
-- out of a sliding window's only as long as it counts, so there it stays beside the lease.
CREATE FUNCTION lease_out(lease leases, slides integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT lease_outstanding(lease.granted, lease.spent - CASE WHEN slides IS NULL THEN 0 ELSE lease.overrun END, lease.returned)
$$;
--> statement-breakpoint
-- What a sliding window has out with a silent replica is booked as held now and taken from the lease: the replica itself holds nothing in a lease
-- of which the store has not answered for 25 seconds, so that all it may have held in it was held before.
CREATE OR REPLACE FUNCTION charge_silent_leases(budget budgets, period timestamptz, self uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  parallel boolean := budget.meter = 'PARALLEL';
  slides integer;
  silent record;
BEGIN
  SELECT w.sliding_ms INTO slides FROM budget_windows w WHERE w.budget_id = budget.id AND w.period_start = period;
  FOR silent IN
    SELECT l.replica_id, lease_out(l, slides) AS outstanding
    FROM leases l JOIN replicas r ON r.id = l.replica_id
    WHERE l.budget_id = budget.id AND l.period_start = period AND l.replica_id <> self AND l.closed_at IS NULL
      AND r.heartbeat_at < now() - CASE WHEN parallel THEN interval '1 hour' ELSE interval '30 seconds' END
      AND lease_out(l, slides) > 0
  LOOP
    IF parallel OR slides IS NOT NULL THEN
      UPDATE leases l SET returned = l.returned + silent.outstanding
      WHERE l.budget_id = budget.id AND l.period_start = period AND l.replica_id = silent.replica_id;
    ELSE
      INSERT INTO lease_losses (budget_id, period_start, replica_id, amount, charged_at)
      VALUES (budget.id, period, silent.replica_id, silent.outstanding, now());
      UPDATE leases l SET closed_at = now()
      WHERE l.budget_id = budget.id AND l.period_start = period AND l.replica_id = silent.replica_id;
    END IF;
    IF slides IS NOT NULL THEN
      PERFORM spend_sliding(budget.id, slides, 0, silent.outstanding, NULL);
    END IF;
    UPDATE budget_windows w SET
      spent = w.spent + CASE WHEN parallel OR slides IS NOT NULL THEN 0 ELSE silent.outstanding END,
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
  replica_count bigint, recalls bigint, crossed integer, coming_back text, refused bigint, refused_amount bigint
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
  settled_at timestamptz;
BEGIN
  -- Locks the replica: what settles it waits until this is booked, or has been before.
  INSERT INTO replicas (id, started_at, heartbeat_at) VALUES (replica, at, now())
  ON CONFLICT (id) DO UPDATE SET heartbeat_at = greatest(replicas.heartbeat_at, excluded.heartbeat_at)
  RETURNING gone_at INTO settled_at;
  FOR report IN
    SELECT * FROM jsonb_to_recordset(reports::jsonb) AS r(
      "budgetId" uuid, "periodStart" timestamptz, "periodEnd" timestamptz, granted bigint, spent bigint, overrun bigint, returned bigint,
      want bigint, least bigint, recall boolean, "slidingMs" integer, held jsonb, refused bigint, "refusedAmount" bigint
    ) ORDER BY "budgetId", "periodStart"
  LOOP
    SELECT * INTO budget FROM budgets WHERE id = report."budgetId";
    CONTINUE WHEN NOT FOUND;
    -- What was settled for good is not begun anew, also where its leases were pruned.
    CONTINUE WHEN settled_at IS NOT NULL AND NOT EXISTS (
      SELECT FROM leases l WHERE l.budget_id = budget.id AND l.period_start = report."periodStart" AND l.replica_id = replica
    );
    INSERT INTO budget_windows (budget_id, period_start, period_end, sliding_ms)
    VALUES (budget.id, report."periodStart", report."periodEnd", report."slidingMs") ON CONFLICT DO NOTHING;
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
    -- What was taken back and used all the same is granted after the fact: it leaves nothing to hold, and the totals agree again.
    lease.granted := greatest(before.granted, lease.spent - lease.overrun + lease.returned);
    lease.refused := greatest(before.refused, report.refused);
    lease.refused_amount := greatest(before.refused_amount, report."refusedAmount");
    window_row.spent := window_row.spent + lease.spent - before.spent;
    window_row.overrun := window_row.overrun + lease.overrun - before.overrun;
    window_row.leased := window_row.leased + lease_out(lease, window_row.sliding_ms) - lease_out(before, window_row.sliding_ms);
    window_row.refused := window_row.refused + lease.refused - before.refused;
    window_row.refused_amount := window_row.refused_amount + lease.refused_amount - before.refused_amount;

    spent_by_all := window_row.spent;
    coming_back := NULL;
    IF window_row.sliding_ms IS NOT NULL THEN
      PERFORM spend_sliding(budget.id, window_row.sliding_ms, before.spent, lease.spent, report.held);
      DELETE FROM sliding_spends s WHERE s.budget_id = budget.id AND s.back_at <= now();
      SELECT coalesce(sum(s.amount), 0), jsonb_agg(
        jsonb_build_array(ceil(extract(epoch FROM s.back_at - now()) * 1000)::bigint, s.amount::text) ORDER BY s.back_at
      )::text INTO spent_by_all, coming_back
      FROM sliding_spends s WHERE s.budget_id = budget.id;
    END IF;

    -- Replicas of an older version do not say what they know.
    missing := coalesce(report.granted, before.granted) + report.want - lease.granted;
    least_grant := coalesce(report.granted, before.granted) + coalesce(report.least, 0) - lease.granted;
    -- A closed lease has been settled, and a deleted budget grants nothing.
    IF missing > 0 AND before.closed_at IS NULL AND budget.deleted_at IS NULL THEN
      room := CASE budget.policy WHEN 'SOFT' THEN missing ELSE greatest(0, budget.limit_amount - spent_by_all - window_row.leased) END;
      -- What lets no waiting call go on would only be missing elsewhere.
      IF room >= least_grant THEN
        window_row.leased := window_row.leased - lease_out(lease, window_row.sliding_ms);
        lease.granted := lease.granted + least(missing, room);
        window_row.leased := window_row.leased + lease_out(lease, window_row.sliding_ms);
        missing := missing - least(missing, room);
      END IF;
      IF report.recall AND missing > 0 AND window_row.leased > lease_out(lease, window_row.sliding_ms) THEN
        window_row.recalls := window_row.recalls + 1;
        PERFORM pg_notify('modelgraph_recall', budget.id || ' ' || replica);
      END IF;
    END IF;

    crossed := NULL;
    IF budget.limit_amount > 0 THEN
      -- A window that slides never begins anew: it is told again of when its use had fallen below all that is told of.
      IF window_row.sliding_ms IS NOT NULL AND NOT EXISTS (
        SELECT FROM jsonb_array_elements_text(budget.thresholds) AS threshold
        WHERE spent_by_all::numeric * 100 >= budget.limit_amount::numeric * threshold::integer
      ) THEN
        window_row.alerted := 0;
      END IF;
      SELECT max(threshold::integer) INTO crossed FROM jsonb_array_elements_text(budget.thresholds) AS threshold
      WHERE threshold::integer > window_row.alerted AND spent_by_all::numeric * 100 >= budget.limit_amount::numeric * threshold::integer;
      -- What would have refused for the first time has reached its limit, even where what was let through has not.
      IF window_row.refused > 0 AND window_row.refused = lease.refused - before.refused AND window_row.alerted < 100 THEN
        crossed := greatest(crossed, 100);
        -- A rate raises no alerts.
        IF window_row.sliding_ms IS NULL THEN
          PERFORM raise_alert('BUDGET_THRESHOLD', budget, window_row, 100);
        END IF;
      END IF;
      window_row.alerted := coalesce(crossed, window_row.alerted);
    END IF;

    UPDATE budget_windows w SET
      spent = window_row.spent, leased = window_row.leased, overrun = window_row.overrun, recalls = window_row.recalls, alerted = window_row.alerted,
      refused = window_row.refused, refused_amount = window_row.refused_amount
    WHERE w.budget_id = budget.id AND w.period_start = report."periodStart";
    -- Nothing more comes of a period that has ended and of which nothing is out.
    IF report."periodEnd" <= at AND lease_out(lease, window_row.sliding_ms) = 0 THEN
      lease.closed_at := coalesce(before.closed_at, at);
    END IF;
    UPDATE leases l SET
      granted = lease.granted, spent = lease.spent, overrun = lease.overrun, returned = lease.returned, closed_at = lease.closed_at,
      refused = lease.refused, refused_amount = lease.refused_amount
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
    leased_by_all := window_row.leased;
    recalls := window_row.recalls;
    refused := window_row.refused;
    refused_amount := window_row.refused_amount;
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
  slides integer;
  proved bigint;
  over bigint;
BEGIN
  INSERT INTO replicas (id, started_at, heartbeat_at, gone_at) VALUES (replica, at, at, at)
  ON CONFLICT (id) DO UPDATE SET gone_at = coalesce(replicas.gone_at, excluded.gone_at);
  FOR lease IN
    SELECT * FROM leases l WHERE l.replica_id = replica AND (
      l.closed_at IS NULL OR EXISTS (
        SELECT FROM lease_losses s WHERE s.budget_id = l.budget_id AND s.period_start = l.period_start AND s.replica_id = replica
      )
    ) ORDER BY l.budget_id, l.period_start
  LOOP
    SELECT w.sliding_ms INTO slides FROM budget_windows w
    WHERE w.budget_id = lease.budget_id AND w.period_start = lease.period_start FOR UPDATE;
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

    -- What exceeds all that was at the replica's hand was held by nobody. A sliding window takes back what is still used, so there it says nothing.
    over := CASE WHEN slides IS NULL THEN greatest(lease.overrun, proved - (lease.granted - lease.returned)) ELSE lease.overrun END;
    IF slides IS NOT NULL THEN
      PERFORM spend_sliding(lease.budget_id, slides, lease.spent, proved, NULL);
    END IF;
    UPDATE budget_windows w SET
      spent = w.spent + proved - lease.spent,
      overrun = w.overrun + over - lease.overrun,
      leased = w.leased - lease_out(lease, slides)
    WHERE w.budget_id = lease.budget_id AND w.period_start = lease.period_start;
    UPDATE leases l SET
      spent = proved,
      overrun = over,
      returned = greatest(lease.returned, least(lease.granted, lease.granted - proved + CASE WHEN slides IS NULL THEN 0 ELSE over END)),
      closed_at = at
    WHERE l.budget_id = lease.budget_id AND l.period_start = lease.period_start AND l.replica_id = replica;
  END LOOP;
  DELETE FROM ledger_draws d WHERE d.replica_id = replica;
END
$$;
--> statement-breakpoint
-- Deletes what no account needs any more: of each table so many rows at the most; answers how many in all. One at a time over all replicas: who finds
-- another at it does nothing. It waits for no row, so that nobody waits in a circle. `before`: only what ended or was settled earlier.
-- A lease goes when nothing more can come of it: its period is long over, or it was settled and its replica is gone, which a sync of that replica
-- finds written down for 90 days more. Open periods keep the losses of replicas whose ledger may still come.
CREATE FUNCTION prune_quotas(before timestamptz, most integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  deleted bigint := 0;
  gone bigint;
BEGIN
  IF NOT pg_try_advisory_xact_lock(7302, 2) THEN
    RETURN 0;
  END IF;

  DELETE FROM leases WHERE ctid = ANY (ARRAY(
    SELECT l.ctid FROM leases l JOIN budget_windows w USING (budget_id, period_start) JOIN budgets b ON b.id = l.budget_id
    WHERE w.period_end < before OR b.deleted_at < before LIMIT most FOR UPDATE OF l SKIP LOCKED
  ));
  GET DIAGNOSTICS gone = ROW_COUNT;
  deleted := deleted + gone;

  DELETE FROM leases WHERE ctid = ANY (ARRAY(
    SELECT l.ctid FROM leases l JOIN replicas r ON r.id = l.replica_id
    WHERE l.closed_at < before AND r.gone_at < before AND NOT EXISTS (
      SELECT FROM lease_losses s WHERE s.budget_id = l.budget_id AND s.period_start = l.period_start AND s.replica_id = l.replica_id
    ) LIMIT most FOR UPDATE OF l SKIP LOCKED
  ));
  GET DIAGNOSTICS gone = ROW_COUNT;
  deleted := deleted + gone;

  DELETE FROM lease_losses WHERE ctid = ANY (ARRAY(
    SELECT s.ctid FROM lease_losses s JOIN budget_windows w USING (budget_id, period_start) JOIN budgets b ON b.id = s.budget_id
    WHERE w.period_end < before OR b.deleted_at < before LIMIT most FOR UPDATE OF s SKIP LOCKED
  ));
  GET DIAGNOSTICS gone = ROW_COUNT;
  deleted := deleted + gone;

  DELETE FROM ledger_draws WHERE ctid = ANY (ARRAY(
    SELECT d.ctid FROM ledger_draws d JOIN budget_windows w USING (budget_id, period_start) JOIN budgets b ON b.id = d.budget_id
    WHERE w.period_end < before OR b.deleted_at < before LIMIT most FOR UPDATE OF d SKIP LOCKED
  ));
  GET DIAGNOSTICS gone = ROW_COUNT;
  deleted := deleted + gone;

  DELETE FROM budget_windows WHERE ctid = ANY (ARRAY(
    SELECT w.ctid FROM budget_windows w JOIN budgets b ON b.id = w.budget_id
    WHERE (w.period_end < before OR b.deleted_at < before) AND NOT EXISTS (
      SELECT FROM leases l WHERE l.budget_id = w.budget_id AND l.period_start = w.period_start
    ) AND NOT EXISTS (
      SELECT FROM lease_losses s WHERE s.budget_id = w.budget_id AND s.period_start = w.period_start
    ) AND NOT EXISTS (
      SELECT FROM ledger_draws d WHERE d.budget_id = w.budget_id AND d.period_start = w.period_start
    ) LIMIT most FOR UPDATE OF w SKIP LOCKED
  ));
  GET DIAGNOSTICS gone = ROW_COUNT;
  deleted := deleted + gone;

  DELETE FROM sliding_spends WHERE ctid = ANY (ARRAY(
    SELECT s.ctid FROM sliding_spends s WHERE s.back_at < least(before, now()) LIMIT most FOR UPDATE SKIP LOCKED
  ));
  GET DIAGNOSTICS gone = ROW_COUNT;
  deleted := deleted + gone;

  DELETE FROM replicas WHERE ctid = ANY (ARRAY(
    SELECT r.ctid FROM replicas r WHERE r.gone_at < before - interval '90 days' AND NOT EXISTS (SELECT FROM leases l WHERE l.replica_id = r.id)
      AND NOT EXISTS (SELECT FROM lease_losses s WHERE s.replica_id = r.id) LIMIT most FOR UPDATE SKIP LOCKED
  ));
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN deleted + gone;
END
$$;
