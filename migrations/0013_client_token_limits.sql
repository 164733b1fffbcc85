ALTER TABLE "budgets" DROP CONSTRAINT "budgets_scope_check";--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "client_token_id" uuid;--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "ends_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "budgets_ends_index" ON "budgets" USING btree ("ends_at") WHERE "budgets"."ends_at" is not null;--> statement-breakpoint
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_scope_check" CHECK (case "budgets"."scope"
        when 'ORGANIZATION' then num_nonnulls("budgets"."team_id", "budgets"."user_id", "budgets"."api_key_id", "budgets"."model", "budgets"."tag_name") = 0
        when 'TEAM' then "budgets"."team_id" is not null
        when 'USER' then "budgets"."user_id" is not null
        when 'API_KEY' then "budgets"."api_key_id" is not null
        when 'MODEL' then "budgets"."model" is not null
        when 'TAG' then "budgets"."tag_name" is not null and "budgets"."tag_value" is not null
        when 'CLIENT_TOKEN' then num_nulls("budgets"."client_token_id", "budgets"."api_key_id", "budgets"."ends_at") = 0
        else false
      end);