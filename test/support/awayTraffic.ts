import { expect } from 'vitest';
import type { AwayDatabase } from './awayDatabase.ts';
import type { GatewayUser, StreamEvent } from './gatewayUser.ts';
import { completed, sandboxInput, usageOf } from './gatewayUser.ts';
import { until } from './until.ts';

const input = sandboxInput({ tokensPerSecond: 0 }, { maxOutputTokens: 5 });
/** What is told of what the database is needed for. */
export const refused = { code: 'STORE_UNAVAILABLE', retryable: true, retryAfterMs: 1000 };

export async function untilStatus({ gateway }: AwayDatabase, status: number): Promise<void> {
  await until(`the gateway says ${status}`, async () => (await fetch(`${gateway.url}/readyz`)).status === status || null);
}

/** Calls, one after the other, until one is refused. */
export async function callUntilRefused(user: GatewayUser, most: number) {
  const ids: string[] = [];
  while (ids.length < most) {
    const { data, errors } = await user.ask(completed, { input });
    if (errors !== undefined) return { ids, errors };
    ids.push(data.createCompletion.id);
  }
  return { ids, errors: undefined };
}

export async function callSome(user: GatewayUser, count: number): Promise<readonly string[]> {
  return (await callUntilRefused(user, count)).ids;
}

/** 150 tokens are a second. */
export function startStream(user: GatewayUser, tokens: number) {
  const events = user.completions(sandboxInput({ tokensPerSecond: 150 }, { maxOutputTokens: tokens }));
  const begun = events.next();
  const ended = begun.then(async () => {
    let last: StreamEvent | undefined;
    for await (const event of events) last = event;
    return last;
  });
  return { begun, ended };
}

/** Every call is there once, and the budget says so too. */
export async function expectBooked({ user }: AwayDatabase, ids: readonly string[]): Promise<void> {
  const { completions } = await until('the calls are booked', async () => {
    const { data } = await user.ask('{ completions(first: 100) { nodes { id state } } }');
    return data.completions?.nodes.length >= ids.length ? data : null;
  });
  const nodes: readonly { readonly id: string; readonly state: string }[] = completions.nodes;
  expect(nodes.map(({ id, state }) => `${id} ${state}`).sort()).toEqual(ids.map((id) => `${id} SUCCEEDED`).sort());
  expect(await usageOf(user)).toMatchObject({ requests: ids.length, errors: 0 });
  const used = await until('the budget is told', async () => {
    const { viewer } = await user.get('{ viewer { quotas { used held } } }');
    return viewer.quotas[0].held === '0' ? viewer.quotas : null;
  });
  expect(used).toEqual([{ used: String(ids.length), held: '0' }]);
}
