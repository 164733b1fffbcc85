CREATE TABLE "alert_deliveries" (
	"alert_id" uuid NOT NULL,
	"webhook" text NOT NULL,
	"host" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"status" integer,
	"next_at" timestamp with time zone,
	"replica_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "alert_deliveries_alert_id_webhook_pk" PRIMARY KEY("alert_id","webhook"),
	CONSTRAINT "alert_deliveries_state_check" CHECK ("alert_deliveries"."state" in ('PENDING', 'DELIVERED', 'FAILED'))
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"organization_id" uuid,
	"budget_id" uuid,
	"period_start" timestamp with time zone,
	"period_end" timestamp with time zone,
	"percent" integer,
	"used_amount" bigint,
	"limit_amount" bigint,
	"planned_at" timestamp with time zone,
	CONSTRAINT "alerts_key_unique" UNIQUE("key")
);
--> statement-breakpoint
ALTER TABLE "alert_deliveries" ADD CONSTRAINT "alert_deliveries_alert_id_alerts_id_fk" FOREIGN KEY ("alert_id") REFERENCES "public"."alerts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_budget_id_budgets_id_fk" FOREIGN KEY ("budget_id") REFERENCES "public"."budgets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_deliveries_due_index" ON "alert_deliveries" USING btree ("next_at") WHERE "alert_deliveries"."state" = 'PENDING';--> statement-breakpoint
CREATE INDEX "alerts_organization_index" ON "alerts" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "alerts_unplanned_index" ON "alerts" USING btree ("id") WHERE "alerts"."planned_at" is null;