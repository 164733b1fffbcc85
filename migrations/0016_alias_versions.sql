ALTER TABLE "aliases" ALTER COLUMN "created_by" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "aliases" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "aliases" ADD COLUMN "restores" integer;--> statement-breakpoint
ALTER TABLE "aliases" ADD COLUMN "sticky" text DEFAULT 'NONE' NOT NULL;--> statement-breakpoint
ALTER TABLE "aliases" ADD COLUMN "disabled" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "aliases" ADD COLUMN "created_by_kind" text NOT NULL;--> statement-breakpoint
ALTER TABLE "aliases" ADD COLUMN "created_by_name" text NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "aliases_in_force_index" ON "aliases" USING btree ("organization_id","name") WHERE "aliases"."superseded_at" is null;