CREATE TABLE "alias_targets" (
	"alias_id" uuid NOT NULL,
	"model" text NOT NULL,
	"weight" integer NOT NULL,
	CONSTRAINT "alias_targets_alias_id_model_pk" PRIMARY KEY("alias_id","model")
);
--> statement-breakpoint
CREATE TABLE "aliases" (
	"organization_id" uuid NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"id" uuid NOT NULL,
	"description" text,
	"defaults" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text,
	"superseded_at" timestamp with time zone,
	CONSTRAINT "aliases_organization_id_name_version_pk" PRIMARY KEY("organization_id","name","version"),
	CONSTRAINT "aliases_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "api_key_secrets" (
	"hash" text PRIMARY KEY NOT NULL,
	"api_key_id" uuid NOT NULL,
	"prefix" text NOT NULL,
	"last_four" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"team_id" uuid NOT NULL,
	"user_id" text,
	"name" text NOT NULL,
	"scopes" jsonb NOT NULL,
	"allowed_models" jsonb,
	"allowed_addresses" jsonb,
	"labels" jsonb,
	"directives" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"organization_id" uuid NOT NULL,
	"actor_type" text NOT NULL,
	"actor_id" text NOT NULL,
	"address" text,
	"action" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" text NOT NULL,
	"before" jsonb,
	"after" jsonb
);
--> statement-breakpoint
CREATE TABLE "budgets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"team_id" uuid,
	"user_id" text,
	"api_key_id" uuid,
	"model" text,
	"tag_name" text,
	"tag_value" text,
	"meter" text NOT NULL,
	"window_size" text NOT NULL,
	"time_zone" text NOT NULL,
	"limit_amount" bigint NOT NULL,
	"policy" text NOT NULL,
	"shadow" boolean DEFAULT false NOT NULL,
	"thresholds" jsonb DEFAULT '[50, 80, 100]'::jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "budgets_limit_check" CHECK ("budgets"."limit_amount" >= 0),
	CONSTRAINT "budgets_meter_check" CHECK ("budgets"."meter" in ('REQUESTS', 'TOKENS', 'SPEND', 'PARALLEL')),
	CONSTRAINT "budgets_window_check" CHECK ("budgets"."window_size" in ('TOTAL', 'MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH')),
	CONSTRAINT "budgets_policy_check" CHECK ("budgets"."policy" in ('STRICT', 'SOFT')),
	CONSTRAINT "budgets_scope_check" CHECK (case "budgets"."scope"
        when 'ORGANIZATION' then num_nonnulls("budgets"."team_id", "budgets"."user_id", "budgets"."api_key_id", "budgets"."model", "budgets"."tag_name") = 0
        when 'TEAM' then "budgets"."team_id" is not null
        when 'USER' then "budgets"."user_id" is not null
        when 'API_KEY' then "budgets"."api_key_id" is not null
        when 'MODEL' then "budgets"."model" is not null
        when 'TAG' then "budgets"."tag_name" is not null and "budgets"."tag_value" is not null
        else false
      end)
);
--> statement-breakpoint
CREATE TABLE "idempotency" (
	"organization_id" uuid NOT NULL,
	"key" text NOT NULL,
	"input_hash" text NOT NULL,
	"completion_id" uuid NOT NULL,
	"api_key_id" uuid NOT NULL,
	"user_id" text,
	"replica_id" uuid NOT NULL,
	"state" text NOT NULL,
	"answer" "bytea",
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_organization_id_key_pk" PRIMARY KEY("organization_id","key")
);
--> statement-breakpoint
CREATE TABLE "budget_windows" (
	"budget_id" uuid NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	"period_end" timestamp with time zone,
	"spent" bigint DEFAULT 0 NOT NULL,
	"leased" bigint DEFAULT 0 NOT NULL,
	"overrun" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "budget_windows_budget_id_period_start_pk" PRIMARY KEY("budget_id","period_start"),
	CONSTRAINT "budget_windows_amounts_check" CHECK ("budget_windows"."spent" >= 0 and "budget_windows"."leased" >= 0 and "budget_windows"."overrun" >= 0)
);
--> statement-breakpoint
CREATE TABLE "lease_losses" (
	"budget_id" uuid NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	"replica_id" uuid NOT NULL,
	"amount" bigint DEFAULT 0 NOT NULL,
	"charged_at" timestamp with time zone NOT NULL,
	CONSTRAINT "lease_losses_budget_id_period_start_replica_id_pk" PRIMARY KEY("budget_id","period_start","replica_id")
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"budget_id" uuid NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	"replica_id" uuid NOT NULL,
	"granted" bigint DEFAULT 0 NOT NULL,
	"spent" bigint DEFAULT 0 NOT NULL,
	"overrun" bigint DEFAULT 0 NOT NULL,
	"returned" bigint DEFAULT 0 NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "leases_budget_id_period_start_replica_id_pk" PRIMARY KEY("budget_id","period_start","replica_id"),
	CONSTRAINT "leases_returned_check" CHECK ("leases"."returned" between 0 and "leases"."granted")
);
--> statement-breakpoint
CREATE TABLE "ledger_draws" (
	"replica_id" uuid NOT NULL,
	"budget_id" uuid NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	"amount" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "ledger_draws_replica_id_budget_id_period_start_pk" PRIMARY KEY("replica_id","budget_id","period_start")
);
--> statement-breakpoint
CREATE TABLE "replicas" (
	"id" uuid PRIMARY KEY NOT NULL,
	"address" text,
	"started_at" timestamp with time zone NOT NULL,
	"heartbeat_at" timestamp with time zone NOT NULL,
	"gone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "organizations_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "teams" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organization_id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "teams_name_key" UNIQUE("organization_id","name")
);
--> statement-breakpoint
CREATE TABLE "usage_events" (
	"ts" timestamp with time zone NOT NULL,
	"id" uuid NOT NULL,
	"replica_id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"team_id" uuid NOT NULL,
	"user_id" text,
	"api_key_id" uuid NOT NULL,
	"end_user" text,
	"tags" jsonb NOT NULL,
	"operation" text NOT NULL,
	"streamed" boolean NOT NULL,
	"requested_model" text NOT NULL,
	"alias" text,
	"model" text,
	"provider" text,
	"offer" text,
	"region" text,
	"simulated" boolean NOT NULL,
	"outcome" text NOT NULL,
	"error_code" text,
	"input_tokens" integer,
	"cached_input_tokens" integer,
	"cache_write_tokens" integer,
	"output_tokens" integer,
	"reasoning_tokens" integer,
	"usage_basis" text NOT NULL,
	"cost_total" bigint,
	"cost_input" bigint,
	"cost_cached_input" bigint,
	"cost_cache_write" bigint,
	"cost_output" bigint,
	"cost_reasoning" bigint,
	"cost_request" bigint,
	"saved" bigint,
	"first_token_ms" double precision,
	"duration_ms" double precision NOT NULL,
	"finish_reason" text,
	"provider_finish_reason" text,
	"attempts" jsonb NOT NULL,
	"draws" jsonb NOT NULL,
	CONSTRAINT "usage_events_ts_id_pk" PRIMARY KEY("ts","id")
) PARTITION BY RANGE ("ts");
--> statement-breakpoint
CREATE TABLE "memberships" (
	"organization_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"team_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "memberships_team_id_user_id_pk" PRIMARY KEY("team_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"organization_id" uuid NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"disabled_at" timestamp with time zone,
	CONSTRAINT "users_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "alias_targets" ADD CONSTRAINT "alias_targets_alias_id_aliases_id_fk" FOREIGN KEY ("alias_id") REFERENCES "public"."aliases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "aliases" ADD CONSTRAINT "aliases_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_key_secrets" ADD CONSTRAINT "api_key_secrets_api_key_id_api_keys_id_fk" FOREIGN KEY ("api_key_id") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_api_key_id_api_keys_id_fk" FOREIGN KEY ("api_key_id") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_windows" ADD CONSTRAINT "budget_windows_budget_id_budgets_id_fk" FOREIGN KEY ("budget_id") REFERENCES "public"."budgets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "teams" ADD CONSTRAINT "teams_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organization_id_user_id_users_organization_id_id_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."users"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alias_targets_model_index" ON "alias_targets" USING btree ("model");--> statement-breakpoint
CREATE INDEX "api_key_secrets_key_index" ON "api_key_secrets" USING btree ("api_key_id","created_at");--> statement-breakpoint
CREATE INDEX "api_keys_organization_index" ON "api_keys" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_organization_index" ON "audit_log" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "budgets_organization_index" ON "budgets" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "idempotency_expiry_index" ON "idempotency" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "idempotency_replica_index" ON "idempotency" USING btree ("replica_id");--> statement-breakpoint
CREATE INDEX "leases_replica_index" ON "leases" USING btree ("replica_id");--> statement-breakpoint
CREATE INDEX "usage_events_organization_index" ON "usage_events" USING btree ("organization_id","ts");--> statement-breakpoint
CREATE INDEX "usage_events_page_index" ON "usage_events" USING btree ("organization_id","id");