ALTER TABLE "idempotency" DROP CONSTRAINT "idempotency_organization_id_key_pk";--> statement-breakpoint
ALTER TABLE "idempotency" ADD CONSTRAINT "idempotency_api_key_id_key_pk" PRIMARY KEY("api_key_id","key");--> statement-breakpoint
ALTER TABLE "idempotency" ADD COLUMN "seen_at" timestamp with time zone NOT NULL;