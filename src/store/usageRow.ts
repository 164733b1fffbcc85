import type { UsageEvent } from '../domain/usageEvent.ts';
import { toAttemptJson, toDrawJson } from './accountJson.ts';
import { toTimestamp } from './sqlValue.ts';

/** A call's row as JSON, by column: written once into the write-ahead log and taken from there by the database as it is. */
export function toUsageJson(event: UsageEvent): string {
  const { usage, cost } = event;
  return JSON.stringify({
    ts: toTimestamp(event.startedAt),
    id: event.id,
    replica_id: event.replicaId,
    organization_id: event.organizationId,
    team_id: event.teamId,
    user_id: event.userId,
    api_key_id: event.apiKeyId,
    holder: event.holder,
    end_user: event.endUser,
    tags: event.tags,
    operation: event.operation,
    streamed: event.streamed,
    requested_model: event.requestedModel,
    alias: event.alias,
    model: event.model,
    provider: event.provider,
    offer: event.offer,
    region: event.region,
    simulated: event.simulated,
    outcome: event.outcome,
    error_code: event.errorCode,
    input_tokens: usage.inputTokens,
    cached_input_tokens: usage.cachedInputTokens,
    cache_write_tokens: usage.cacheWriteTokens,
    output_tokens: usage.outputTokens,
    reasoning_tokens: usage.reasoningTokens,
    usage_basis: usage.basis,
    cost_total: amountOrNull(cost?.total),
    cost_input: amountOrNull(cost?.input),
    cost_cached_input: amountOrNull(cost?.cachedInput),
    cost_cache_write: amountOrNull(cost?.cacheWrite),
    cost_output: amountOrNull(cost?.output),
    cost_reasoning: amountOrNull(cost?.reasoning),
    cost_request: amountOrNull(cost?.request),
    saved: amountOrNull(event.saved),
    first_token_ms: event.firstTokenMs,
    duration_ms: event.durationMs,
    finish_reason: event.finishReason,
    provider_finish_reason: event.providerFinishReason,
    attempts: event.attempts.map(toAttemptJson),
    draws: event.draws.map(toDrawJson),
  });
}

function amountOrNull(amount: bigint | null | undefined): string | null {
  return amount === null || amount === undefined ? null : amount.toString();
}
