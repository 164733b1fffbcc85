import { runConcurrently } from '../load/concurrent.ts';
import type { Plan } from '../plan.ts';
import type { Target } from '../targets/target.ts';
import type { Reading } from './figure.ts';

/** Short streams one after another: how long until the first text, with an idle gateway and open connections. */
export async function measureFirstTokens(target: Target, { firstTokens: { total, events } }: Plan): Promise<Reading> {
  const firstTokenMs: number[] = [];
  await runConcurrently(total, 1, async () => {
    firstTokenMs.push((await target.stream({ kind: 'paced', events })).firstTokenMs);
  });
  return { firstTokenMs };
}
