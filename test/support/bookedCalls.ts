import { expect, vi } from 'vitest';
import type { GraphPlace } from './httpGraph.ts';
import { askWell } from './httpGraph.ts';

/** Far longer than any call of these tests: a busy machine is no failure. */
export const patience = { timeout: 20_000 };

const document = '{ completions { nodes { id state usage { basis outputTokens } cost { total } attempts { outcome } } } }';

/** The one call of a key that was booked, as soon as it is; throws when there are more. */
export async function oneBookedCall(key: GraphPlace): Promise<Readonly<Record<string, unknown>>> {
  const nodes = await vi.waitFor(async () => {
    const { completions } = await askWell(key, document);
    expect(completions.nodes.length).toBeGreaterThan(0);
    return completions.nodes;
  }, patience);
  expect(nodes).toHaveLength(1);
  return nodes[0];
}
