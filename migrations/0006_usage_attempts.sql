-- By hand: drizzle-kit knows no PARTITION BY.
CREATE TABLE "usage_attempts" (
	"ts" timestamp with time zone NOT NULL,
	"id" uuid NOT NULL,
	"number" smallint NOT NULL,
	"organization_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"offer" text NOT NULL,
	"model" text NOT NULL,
	"provider_model" text,
	"answered_model" text,
	"provider_request_id" text,
	"simulated" boolean NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"first_token_ms" double precision,
	"duration_ms" double precision NOT NULL,
	"outcome" text NOT NULL,
	"error_code" text,
	"input_tokens" integer,
	"cached_input_tokens" integer,
	"cache_write_tokens" integer,
	"output_tokens" integer,
	"reasoning_tokens" integer,
	"usage_basis" text,
	"cost_total" bigint,
	"cost_input" bigint,
	"cost_cached_input" bigint,
	"cost_cache_write" bigint,
	"cost_output" bigint,
	"cost_reasoning" bigint,
	"cost_request" bigint,
	"apportioned" boolean NOT NULL,
	"price_input" bigint,
	"price_cached_input" bigint,
	"price_cache_write" bigint,
	"price_output" bigint,
	"price_reasoning" bigint,
	"price_request" bigint,
	"price_source" text,
	CONSTRAINT "usage_attempts_ts_id_number_pk" PRIMARY KEY("ts","id","number")
) PARTITION BY RANGE ("ts");
--> statement-breakpoint
-- Creates the partitions of the month that holds this instant, where there are none.
CREATE OR REPLACE FUNCTION ensure_usage_partition(at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  month timestamp := date_trunc('month', at AT TIME ZONE 'UTC');
  suffix text := '_y' || to_char(month, 'YYYY') || 'm' || to_char(month, 'MM');
  parent text;
BEGIN
  IF to_regclass('usage_events' || suffix) IS NOT NULL AND to_regclass('usage_attempts' || suffix) IS NOT NULL THEN
    RETURN;
  END IF;
  -- Two replicas that create one partition at once would fail each other.
  PERFORM pg_advisory_xact_lock(7302, 1);
  FOREACH parent IN ARRAY ARRAY['usage_events', 'usage_attempts'] LOOP
    EXECUTE format(
      'CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
      parent || suffix, parent, month::text || '+00', (month + interval '1 month')::text || '+00'
    );
  END LOOP;
END
$$;
--> statement-breakpoint
-- The rows of a call's attempts, out of its own row: the one place where they are made, so that the two cannot differ.
CREATE FUNCTION attempt_rows(ts timestamptz, id uuid, organization_id uuid, simulated boolean, attempts jsonb)
RETURNS SETOF usage_attempts LANGUAGE sql IMMUTABLE AS $$
  SELECT
    $1, $2, number::smallint, $3, a->>'provider', a->>'offer', a->>'model', a->>'providerModel', a->>'answeredModel', a->>'providerRequestId',
    $4, to_timestamp((a->>'startedAt')::float8 / 1000), (a->>'firstTokenMs')::float8, (a->>'durationMs')::float8, a->>'outcome', a->>'errorCode',
    (a#>>'{usage,inputTokens}')::int, (a#>>'{usage,cachedInputTokens}')::int, (a#>>'{usage,cacheWriteTokens}')::int,
    (a#>>'{usage,outputTokens}')::int, (a#>>'{usage,reasoningTokens}')::int, a#>>'{usage,basis}',
    (a#>>'{cost,total}')::bigint, (a#>>'{cost,input}')::bigint, (a#>>'{cost,cachedInput}')::bigint, (a#>>'{cost,cacheWrite}')::bigint,
    (a#>>'{cost,output}')::bigint, (a#>>'{cost,reasoning}')::bigint, (a#>>'{cost,request}')::bigint,
    coalesce((a->>'apportioned')::boolean, false),
    (a#>>'{price,input}')::bigint, (a#>>'{price,cachedInput}')::bigint, (a#>>'{price,cacheWrite}')::bigint,
    (a#>>'{price,output}')::bigint, (a#>>'{price,reasoning}')::bigint, (a#>>'{price,request}')::bigint, a->>'priceSource'
  FROM jsonb_array_elements($5) WITH ORDINALITY AS list(a, number)
$$;
--> statement-breakpoint
-- Writes events (a JSON array of rows) that are not there yet, their attempts, and counts what only those drew. Answers how many were new.
CREATE OR REPLACE FUNCTION ingest_usage(events text) RETURNS bigint LANGUAGE sql AS $$
  WITH fresh AS (
    INSERT INTO usage_events
    SELECT * FROM json_populate_recordset(NULL::usage_events, events::json)
    ON CONFLICT DO NOTHING
    RETURNING ts, id, organization_id, simulated, attempts, replica_id, draws
  ), tried AS (
    INSERT INTO usage_attempts
    SELECT rows.* FROM fresh, attempt_rows(fresh.ts, fresh.id, fresh.organization_id, fresh.simulated, fresh.attempts) AS rows
    ON CONFLICT DO NOTHING
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
-- What tokens cost, in picodollars: none cost nothing, whatever their price; null where the price is unknown.
CREATE FUNCTION token_price(tokens int, price bigint) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN tokens = 0 THEN 0 ELSE tokens::numeric * price END
$$;
--> statement-breakpoint
-- What an attempt costs in whole nanodollars, rounded up once, as the gateway works it out (domain/price.ts); null where a price is unknown.
CREATE FUNCTION attempt_cost(
  input int, cached int, written int, output int, reasoning int,
  input_price bigint, cached_price bigint, written_price bigint, output_price bigint, reasoning_price bigint, request_price bigint
) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
  SELECT div(
    token_price(greatest(0, coalesce(input, 0) - coalesce(cached, 0) - coalesce(written, 0)), input_price)
    + token_price(coalesce(cached, 0), coalesce(cached_price, input_price))
    + token_price(coalesce(written, 0), coalesce(written_price, input_price))
    + token_price(greatest(0, coalesce(output, 0) - coalesce(reasoning, 0)), output_price)
    + token_price(coalesce(reasoning, 0), coalesce(reasoning_price, output_price))
    + coalesce(request_price, 0) + 999, 1000)
$$;
--> statement-breakpoint
-- The attempts of the calls that are there already.
SELECT ensure_usage_partition(month) FROM (
  SELECT DISTINCT date_trunc('month', ts AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS month FROM usage_events
) AS months;
--> statement-breakpoint
INSERT INTO usage_attempts
SELECT rows.* FROM usage_events AS e, attempt_rows(e.ts, e.id, e.organization_id, e.simulated, e.attempts) AS rows;
