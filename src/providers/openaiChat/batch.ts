import type { ProviderEvent } from '../../domain/providerEvent.ts';
import type { TokenUsage } from '../../domain/usage.ts';
import { mergeUsage } from '../../domain/usage.ts';
import { joinEvents } from './joinEvents.ts';

type FinishedEvent = Extract<ProviderEvent, { readonly type: 'finished' }>;

/** The events of one read of the network: `started` before all that is said, neighbours joined, usage once and after the words. */
export interface Batch {
  /** The answer's names; only the first count. */
  start(providerRequestId: string | null, providerModel: string | null): void;
  add(event: ProviderEvent): void;
  /** A later report replaces an earlier one, field by field. */
  report(usage: TokenUsage): void;
  end(event: FinishedEvent): void;
  take(): readonly ProviderEvent[];
  /** How many events were added so far: texts, and others. */
  counts(): { readonly texts: number; readonly others: number };
  /** What the answer has said so far. */
  spoken(): { readonly text: boolean; readonly refusal: boolean };
}

export function createBatch(warnings: readonly string[]): Batch {
  let events: ProviderEvent[] = warnings.map((message) => ({ type: 'warning', message }));
  let usage: TokenUsage | null = null;
  let started = false;
  let refused = false;
  let texts = 0;
  let others = 0;

  const start = (providerRequestId: string | null, providerModel: string | null): void => {
    if (!started) events.push({ type: 'started', providerRequestId, providerModel });
    started = true;
  };
  const add = (event: ProviderEvent): void => {
    start(null, null);
    if (event.type === 'text') texts++;
    else others++;
    if (event.type === 'refusal') refused = true;
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
    end(event) {
      flushUsage();
      add(event);
    },
    take() {
      flushUsage();
      const taken = events;
      events = [];
      return taken;
    },
    counts: () => ({ texts, others }),
    spoken: () => ({ text: texts > 0, refusal: refused }),
  };
}
