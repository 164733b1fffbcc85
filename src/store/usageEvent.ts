import type { ErrorCode } from '../domain/errors.ts';
import { errorTraits } from '../domain/errors.ts';
import type { ApiKeyId, ModelSlug, OfferId, ProviderId, UserId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { Cost } from '../domain/price.ts';
import type { FinishReason } from '../domain/providerEvent.ts';
import type { Tag } from '../domain/tag.ts';
import type { TokenUsage, UsageBasis } from '../domain/usage.ts';
import type { CallStart, Operation, Outcome, UsageEvent } from '../domain/usageEvent.ts';
import { readAttempts, readDraws } from './accountJson.ts';
import type { Row } from './database.ts';
import { readHolder } from './holder.ts';
import { amount, amountOrNull, boolean, json, number, numberOrNull, text, textOrNull, word, wordOrNull } from './row.ts';

const operations: readonly Operation[] = ['COMPLETION', 'EMBEDDING'];
const outcomes: readonly Outcome[] = ['SUCCEEDED', 'FAILED', 'CANCELLED', 'UNKNOWN'];
const bases: readonly UsageBasis[] = ['MEASURED', 'ESTIMATED'];
const finishReasons: readonly FinishReason[] = ['STOP', 'LENGTH', 'TOOL_CALLS', 'CONTENT_FILTER', 'REFUSAL', 'OTHER'];
const errorCodes = Object.keys(errorTraits).filter((code): code is ErrorCode => code in errorTraits);

/** Reads a row of `usage_events` back. */
export function toUsageEvent(row: Row): UsageEvent {
  return {
    ...readStart(row),
    outcome: word(row, 'outcome', outcomes),
    errorCode: wordOrNull(row, 'error_code', errorCodes),
    model: named(textOrNull(row, 'model'), toId<ModelSlug>),
    provider: named(textOrNull(row, 'provider'), toId<ProviderId>),
    offer: named(textOrNull(row, 'offer'), toId<OfferId>),
    region: textOrNull(row, 'region'),
    simulated: boolean(row, 'simulated'),
    usage: readUsage(row),
    cost: readCost(row),
    saved: amountOrNull(row, 'saved'),
    firstTokenMs: numberOrNull(row, 'first_token_ms'),
    durationMs: number(row, 'duration_ms'),
    finishReason: wordOrNull(row, 'finish_reason', finishReasons),
    providerFinishReason: textOrNull(row, 'provider_finish_reason'),
    attempts: readAttempts(json(row, 'attempts')),
    draws: readDraws(json(row, 'draws')),
  };
}

function readStart(row: Row): CallStart {
  const apiKeyId = named(textOrNull(row, 'api_key_id'), toId<ApiKeyId>);
  return {
    id: toId(text(row, 'id')),
    replicaId: toId(text(row, 'replica_id')),
    startedAt: number(row, 'ts'),
    operation: word(row, 'operation', operations),
    streamed: boolean(row, 'streamed'),
    organizationId: toId(text(row, 'organization_id')),
    teamId: toId(text(row, 'team_id')),
    userId: named(textOrNull(row, 'user_id'), toId<UserId>),
    apiKeyId,
    holder: readHolder(textOrNull(row, 'holder'), apiKeyId),
    endUser: textOrNull(row, 'end_user'),
    // We wrote it from just this type, and nothing else writes here.
    tags: json(row, 'tags') as unknown as readonly Tag[],
    requestedModel: text(row, 'requested_model'),
    alias: textOrNull(row, 'alias'),
  };
}

function named<Id>(name: string | null, make: (name: string) => Id): Id | null {
  return name === null ? null : make(name);
}

function readUsage(row: Row): TokenUsage {
  return {
    inputTokens: numberOrNull(row, 'input_tokens'),
    cachedInputTokens: numberOrNull(row, 'cached_input_tokens'),
    cacheWriteTokens: numberOrNull(row, 'cache_write_tokens'),
    outputTokens: numberOrNull(row, 'output_tokens'),
    reasoningTokens: numberOrNull(row, 'reasoning_tokens'),
    basis: word(row, 'usage_basis', bases),
  };
}

function readCost(row: Row): Cost | null {
  const total = amountOrNull(row, 'cost_total');
  if (total === null) return null;
  return {
    total,
    input: amount(row, 'cost_input'),
    cachedInput: amount(row, 'cost_cached_input'),
    cacheWrite: amount(row, 'cost_cache_write'),
    output: amount(row, 'cost_output'),
    reasoning: amount(row, 'cost_reasoning'),
    request: amount(row, 'cost_request'),
  };
}
