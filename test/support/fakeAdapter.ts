import type { ProviderEvent } from '../../src/domain/providerEvent.ts';
import { noUsage } from '../../src/domain/usage.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { EmbeddingAnswer, EmbeddingCall, ProviderAdapter, ProviderCall } from '../../src/ports/provider.ts';

/** One thing an adapter does: hands on a batch, waits, waits until it is left, waits even then, or throws. */
export type Step = readonly ProviderEvent[] | { readonly waitMs: number } | 'hang' | 'deaf' | Error;

/** What was asked of an adapter. */
export interface Asked<Call> {
  readonly call: Call;
  readonly signal: AbortSignal;
}

/** An adapter that plays what was queued, one script a call, and records what it was asked. An empty queue throws. */
export interface FakeAdapter extends ProviderAdapter {
  readonly completions: readonly Asked<ProviderCall>[];
  readonly embeddings: readonly Asked<EmbeddingCall>[];
  answer(...steps: readonly Step[]): void;
  embedded(answer: EmbeddingAnswer | Error | 'hang'): void;
}

export function createFakeAdapter(clock: Clock): FakeAdapter {
  const scripts: (readonly Step[])[] = [];
  const answers: (EmbeddingAnswer | Error | 'hang')[] = [];
  const completions: Asked<ProviderCall>[] = [];
  const embeddings: Asked<EmbeddingCall>[] = [];
  return {
    format: 'fake',
    completions,
    embeddings,
    answer: (...steps) => void scripts.push(steps),
    embedded: (answer) => void answers.push(answer),
    complete(call, signal) {
      completions.push({ call, signal });
      const script = scripts.shift();
      if (script === undefined) throw new Error('The fake adapter was asked once more than it has scripts.');
      return play(script, clock, signal);
    },
    async embed(call, signal) {
      embeddings.push({ call, signal });
      const answer = answers.shift();
      if (answer === undefined) throw new Error('The fake adapter was asked once more than it has answers.');
      if (answer === 'hang') return untilAborted(signal);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    listModels: () => Promise.resolve([]),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function* play(script: readonly Step[], clock: Clock, signal: AbortSignal): AsyncGenerator<readonly ProviderEvent[], void> {
  signal.throwIfAborted();
  for (const step of script) {
    if (step instanceof Error) throw step;
    if (step === 'hang') await untilAborted(signal);
    else if (step === 'deaf') await new Promise<never>(() => undefined);
    else if ('waitMs' in step) await Promise.race([pause(clock, step.waitMs), untilAborted(signal)]);
    else yield step;
  }
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.timer(ms, resolve);
  });
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

export const started: ProviderEvent = { type: 'started', providerRequestId: 'request-1', providerModel: 'm' };

export function text(words: string): Extract<ProviderEvent, { readonly type: 'text' }> {
  return { type: 'text', text: words };
}

/** The last events of an answer that reports its tokens. */
export function finished(inputTokens: number, outputTokens: number): readonly ProviderEvent[] {
  return [
    { type: 'usage', usage: { ...noUsage, inputTokens, outputTokens } },
    { type: 'finished', reason: 'STOP', providerReason: 'stop' },
  ];
}

/** A whole answer in one read. */
export function whole(words: string, inputTokens = 10, outputTokens = 5): readonly ProviderEvent[] {
  return [started, text(words), ...finished(inputTokens, outputTokens)];
}
