import type { SchemaMethod } from '../../domain/message.ts';
import type { ProviderEvent } from '../../domain/providerEvent.ts';
import type { TokenUsage } from '../../domain/usage.ts';
import { mergeUsage } from '../../domain/usage.ts';
import type { Peer } from './failure.ts';
import { malformed } from './failure.ts';
import { joinEvents } from './joinEvents.ts';

/** The events of one read of the network: `started` before all that is said, neighbours joined, usage once and after the words. */
export interface Batch {
  /** The answer's names; only the first count. */
  start(providerRequestId: string | null, providerModel: string | null): void;
  /** The usage comes before a `finished`, whenever it was reported. Throws UPSTREAM_MALFORMED for more tool calls than can be meant. */
  add(event: ProviderEvent): void;
  /** A later report replaces an earlier one, field by field. */
  report(usage: TokenUsage): void;
  take(): readonly ProviderEvent[];
  /** How many events were added so far: texts, and others. */
  counts(): { readonly texts: number; readonly others: number };
}

export interface BatchSettings {
  readonly peer: Peer;
  /** What was left out of the request. */
  readonly warnings: readonly string[];
  /** How a schema was asked for, which is told as soon as the answer begins. */
  readonly schemaMethod: SchemaMethod | null;
}

/** No model calls that many tools in one answer: whoever says so is at fault, and everybody above keeps each of them. */
export const mostToolCalls = 1024;

export function createBatch({ peer, warnings, schemaMethod }: BatchSettings): Batch {
  let events: ProviderEvent[] = warnings.map((message) => ({ type: 'warning', message }));
  let usage: TokenUsage | null = null;
  let started = false;
  let texts = 0;
  let others = 0;

  const start = (providerRequestId: string | null, providerModel: string | null): void => {
    if (started) return;
    started = true;
    events.push({ type: 'started', providerRequestId, providerModel });
    if (schemaMethod !== null) events.push({ type: 'schemaMethod', method: schemaMethod });
  };
  const add = (event: ProviderEvent): void => {
    if (event.type === 'toolCall' && event.index >= mostToolCalls) throw malformed(peer, `sent more than ${mostToolCalls} tool calls`);
    // What is told of an answer may come before it: Azure tells what its filters made of the prompt.
    if (event.type !== 'metadata' && event.type !== 'warning') start(null, null);
    if (event.type === 'finished') flushUsage();
    if (event.type === 'text') texts++;
    else others++;
    const last = events.at(-1);
    const joined = last === undefined ? null : joinEvents(last, event);
    if (joined === null) events.push(event);
    else events[events.length - 1] = joined;
  };
  const flushUsage = (): void => {
    if (usage !== null) add({ type: 'usage', usage });
    usage = null;
  };

  return {
    start,
    add,
    report(later) {
      usage = usage === null ? later : mergeUsage(usage, later);
    },
    take() {
      flushUsage();
      const taken = events;
      events = [];
      return taken;
    },
    counts: () => ({ texts, others }),
  };
}
