import { createOpenaiCalls } from './openai.ts';
import type { Surroundings, Target } from './target.ts';

/** The upstream without a gateway: what the loader and the upstream themselves take. */
export function openDirect({ upstreamPort }: Surroundings): Promise<Target> {
  const calls = createOpenaiCalls({ port: upstreamPort, headers: { authorization: 'Bearer sk-bench' } });
  return Promise.resolve({
    name: 'direct',
    pid: null,
    complete: calls.complete,
    stream: calls.stream,
    [Symbol.asyncDispose]: () => Promise.resolve(calls.close()),
  });
}
