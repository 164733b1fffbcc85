import type { ProviderEvent } from '../../src/domain/providerEvent.ts';

/** Collects what an adapter yields; keeps it where the stream throws. */
export async function collect(
  batches: AsyncIterable<readonly ProviderEvent[]>,
  into: ProviderEvent[] = [],
): Promise<readonly ProviderEvent[]> {
  for await (const batch of batches) {
    if (batch.length === 0) throw new Error('An empty batch was handed on.');
    into.push(...batch);
  }
  return into;
}

/** What a piece of work throws. */
export async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => new Error('Nothing was thrown.'),
    (thrown: unknown) => thrown,
  );
}

export const neverAborted = new AbortController().signal;
