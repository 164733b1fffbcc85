CREATE TABLE "sliding_spends" (
	"budget_id" uuid NOT NULL,
	"back_at" timestamp with time zone NOT NULL,
	"amount" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "sliding_spends_budget_id_back_at_pk" PRIMARY KEY("budget_id","back_at")
);
--> statement-breakpoint
CREATE TABLE "ledger_owners" (
	"replica_id" uuid PRIMARY KEY NOT NULL,
	"process" text NOT NULL,
	"beat" bigint NOT NULL,
	"gone" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "open_calls" (
	"id" uuid NOT NULL,
	"number" integer NOT NULL,
	"replica_id" uuid NOT NULL,
	"record" text NOT NULL,
	CONSTRAINT "open_calls_id_number_pk" PRIMARY KEY("id","number")
);
--> statement-breakpoint
CREATE TABLE "provider_costs" (
	"provider" text NOT NULL,
	"day" date NOT NULL,
	"model" text NOT NULL,
	"line_key" text NOT NULL,
	"amount" bigint NOT NULL,
	"input_tokens" bigint,
	"output_tokens" bigint,
	CONSTRAINT "provider_costs_provider_day_model_line_key_pk" PRIMARY KEY("provider","day","model","line_key")
);
--> statement-breakpoint
CREATE TABLE "versions" (
	"name" text PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "budget_windows" ADD COLUMN "sliding_ms" integer;--> statement-breakpoint
ALTER TABLE "budget_windows" ADD COLUMN "refused" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "budget_windows" ADD COLUMN "refused_amount" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "leases" ADD COLUMN "refused" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "leases" ADD COLUMN "refused_amount" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "open_calls_replica_index" ON "open_calls" USING btree ("replica_id","id");--> statement-breakpoint
CREATE INDEX "budget_windows_ended_index" ON "budget_windows" USING btree ("period_end");--> statement-breakpoint
CREATE INDEX "leases_open_index" ON "leases" USING btree ("budget_id","period_start") WHERE "leases"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "leases_closed_index" ON "leases" USING btree ("closed_at") WHERE "leases"."closed_at" is not null;