-- Not only keys make calls: whose they are is said by their holder, and there need not be a key. What keys have used stays theirs.
ALTER TABLE "idempotency" ADD COLUMN "holder" text;--> statement-breakpoint
UPDATE "idempotency" SET "holder" = 'key:' || "api_key_id";--> statement-breakpoint
ALTER TABLE "idempotency" ALTER COLUMN "holder" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "idempotency" DROP CONSTRAINT "idempotency_api_key_id_key_pk";--> statement-breakpoint
ALTER TABLE "idempotency" ADD CONSTRAINT "idempotency_holder_key_pk" PRIMARY KEY("holder","key");--> statement-breakpoint
ALTER TABLE "usage_events" ALTER COLUMN "api_key_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "usage_events" ADD COLUMN "holder" text;
