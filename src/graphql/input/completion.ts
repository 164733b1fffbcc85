import type { CompletionRequest, OnDisconnect } from '../../domain/completion.ts';
import type { Tag } from '../../domain/tag.ts';
import { checkTags } from '../../domain/tag.ts';
import type { RequestDefaults } from '../../gateway/gateway.ts';
import type { CompletionInput, TagInput } from '../generated/schemaTypes.ts';
import { readNumber, readText } from './check.ts';
import { toPrompt } from './prompt.ts';
import type { CallOptions } from './route.ts';
import { toMaxCost, toRoutePreferences, toTimeouts } from './route.ts';

const longestGraceMs = 3_600_000;

/** What stands around the input. */
export interface CompletionPlace extends CallOptions {
  /** Names the input in errors: `input`, `inputs[1]`. */
  readonly path: string;
  readonly coalesceMs?: number | null;
  readonly defaults: RequestDefaults;
}

/** Throws INVALID_REQUEST, naming the path of what does not hold. */
export function toCompletionRequest(input: CompletionInput, place: CompletionPlace): CompletionRequest {
  const { path, defaults } = place;
  const idempotencyKey = readText(input.idempotencyKey, `${path}.idempotencyKey`, 255);
  return {
    model: input.model,
    prompt: toPrompt(input, path),
    maxOutputTokens: readNumber(input.maxOutputTokens, `${path}.maxOutputTokens`, { least: 1 }) ?? defaults.maxOutputTokens,
    route: toRoutePreferences(place.route),
    timeouts: toTimeouts(place.timeout, defaults.timeouts),
    maxCost: toMaxCost(place.maxCost),
    tags: toTags(input.tags),
    endUser: readText(input.endUser, `${path}.endUser`, 256),
    idempotencyKey,
    onReroute: input.onReroute ?? 'CONTINUE_ONLY',
    onDisconnect: toOnDisconnect(input, path, { graceMs: defaults.graceMs, repeatable: idempotencyKey !== null }),
    coalesceMs: readNumber(place.coalesceMs, 'coalesceMs', { least: 0, most: 1000 }) ?? 0,
  };
}

export function toTags(inputs: readonly TagInput[] | null | undefined): readonly Tag[] {
  const tags = (inputs ?? []).map(({ name, value }) => ({ name, value }));
  checkTags(tags);
  return tags;
}

/**
 * A mode that is given holds however the reader goes. Otherwise who says that it leaves ends the call, and a broken connection ends it too,
 * unless its idempotency key tells that the client means to come back.
 */
function toOnDisconnect(input: CompletionInput, path: string, usual: { graceMs: number; repeatable: boolean }): OnDisconnect {
  const given = input.onDisconnect;
  const graceMs = readNumber(given?.graceMs, `${path}.onDisconnect.graceMs`, { least: 0, most: longestGraceMs }) ?? usual.graceMs;
  if (given !== null && given !== undefined) return { left: given.mode, cut: given.mode, graceMs };
  return { left: 'CANCEL', cut: usual.repeatable ? 'CONTINUE' : 'CANCEL', graceMs };
}
