import { addUsage } from '../../domain/usage.ts';
import type { EmbeddingAnswer, EmbeddingCall } from '../../ports/provider.ts';

/** Of one call's requests, as many are under way at once. */
const mostAtOnce = 8;

export interface EmbeddingParts {
  readonly call: EmbeddingCall;
  /** How many texts the provider takes at once. */
  readonly most: number;
  readonly signal: AbortSignal;
  ask(part: EmbeddingCall, signal: AbortSignal): Promise<EmbeddingAnswer>;
}

/** Embeds more texts than one request takes, a few requests at a time. Where one fails, those under way are given up and none is begun. */
export async function embedInParts({ call, most, signal, ask }: EmbeddingParts): Promise<EmbeddingAnswer> {
  const parts = split(call, most);
  const [only, ...more] = parts;
  if (only === undefined || more.length === 0) return ask(call, signal);
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  const answers: EmbeddingAnswer[] = [];
  const queue = parts.entries();
  const work = async (): Promise<void> => {
    for (const [place, part] of queue) answers[place] = await ask(part, either);
  };
  try {
    await Promise.all(Array.from({ length: Math.min(mostAtOnce, parts.length) }, work));
  } catch (error) {
    failure.abort(error);
    throw error;
  }
  return {
    vectors: answers.flatMap(({ vectors }) => vectors),
    usage: answers.map(({ usage }) => usage).reduce(addUsage),
    providerRequestId: answers[0]?.providerRequestId ?? null,
  };
}

function split(call: EmbeddingCall, most: number): readonly EmbeddingCall[] {
  const parts: EmbeddingCall[] = [];
  for (let from = 0; from < call.inputs.length; from += most) parts.push({ ...call, inputs: call.inputs.slice(from, from + most) });
  return parts;
}
