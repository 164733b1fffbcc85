import { describe, expect, it } from 'vitest';
import type { CompletionRequest } from '../../src/domain/completion.ts';
import { createEventLog } from '../support/eventLog.ts';
import { fakeDefaults, fakeGateway } from '../support/fakeGateway.ts';
import { createGraphClient, executors } from '../support/graphClient.ts';
import { completion } from '../support/things.ts';

/** Keeps what the gateway is asked for. */
function house(settings: { readonly jit: boolean }) {
  const requests: CompletionRequest[] = [];
  const estimated: CompletionRequest[] = [];
  const gateway = fakeGateway({
    completions: {
      async start(_caller, request) {
        requests.push(request);
        return { id: completion.id, answer: Promise.resolve(completion), subscribe: createEventLog<never>().cursor };
      },
    },
    estimates: {
      async estimate(_caller, request) {
        estimated.push(request);
        return { least: null, most: null, offer: null, inputTokens: 1, maxOutputTokens: null, considered: [], headroom: [] };
      },
    },
  });
  return { requests, estimated, ...createGraphClient(gateway, settings) };
}

const input = '{ model: "sandbox/chat", messages: [{ role: USER, content: "Hello" }] }';

describe.each(executors)('how a call is made, $jit', (settings) => {
  it('is cheapest first when nobody says otherwise', async () => {
    const { ask, requests } = house(settings);
    await ask({ source: `mutation { createCompletion(input: ${input}) { id } }` });
    expect(requests[0]).toMatchObject({
      route: { sort: 'PRICE', only: [], requireParameters: false },
      maxCost: null,
      timeouts: fakeDefaults.timeouts,
    });
  });

  it('is said nearest to the field, member by member', async () => {
    const { ask, requests } = house(settings);
    const source = `mutation ($total: Int, $usd: Usd!) @route(sort: LATENCY, only: ["a"], ignore: ["b"]) @timeout(totalMs: $total, idleMs: 5) @maxCost(usd: $usd) {
      a: createCompletion(input: ${input}, route: { sort: THROUGHPUT }) @route(only: ["c"]) @timeout(idleMs: 6) { id }
      b: createCompletion(input: ${input}, maxCost: "0.5", timeout: { totalMs: 7 }) @maxCost(usd: 2) { id }
    }`;
    for (let use = 0; use < 2; use++) {
      const { errors } = await ask({ source, variables: { total: 1000, usd: '1' } });
      expect(errors).toBeUndefined();
    }
    expect(requests).toHaveLength(4);
    for (const [a, b] of [requests.slice(0, 2), requests.slice(2)]) {
      expect(a).toMatchObject({
        route: { sort: 'THROUGHPUT', only: ['c'], ignore: ['b'] },
        timeouts: { ...fakeDefaults.timeouts, totalMs: 1000, idleMs: 6 },
        maxCost: null,
      });
      expect(b).toMatchObject({
        route: { sort: 'LATENCY', only: ['a'], ignore: ['b'] },
        timeouts: { ...fakeDefaults.timeouts, totalMs: 7, idleMs: 5 },
        maxCost: 500_000_000n,
      });
    }
  });

  it('is refused when merged fields say different things', async () => {
    const { ask } = house(settings);
    const twice = (first: string, second: string) =>
      ask({
        source: `mutation { createCompletion(input: ${input}) ${first} { id } createCompletion(input: ${input}) ${second} { text } }`,
      });
    const { errors } = await twice('@maxCost(usd: 1)', '@maxCost(usd: 2)');
    expect(errors?.[0]).toMatchObject({ path: ['createCompletion'], extensions: { code: 'INVALID_REQUEST' } });
    expect((await twice('@route(only: ["a"], sort: PRICE)', '@route(sort: PRICE, only: ["a"])')).errors).toBeUndefined();
    expect((await twice('@maxCost(usd: 1)', '')).errors).toBeUndefined();
  });

  it('limits what is estimated by the field’s maxCost and the operation’s, whichever is less', async () => {
    const { ask, estimated } = house(settings);
    const source = `query @maxCost(usd: "0.3") {
      a: estimate(input: ${input}) { least } b: estimate(input: ${input}, maxCost: "0.2") { least } c: estimate(input: ${input}) @maxCost(usd: 1) { least }
    }`;
    expect((await ask({ source })).errors).toBeUndefined();
    expect(estimated.map(({ maxCost }) => maxCost)).toEqual([300_000_000n, 200_000_000n, 300_000_000n]);
  });

  it('reaches a stream', async () => {
    const { subscribe, requests } = house(settings);
    await subscribe({
      source: `subscription @maxCost(usd: "0.25") { completionStream(input: ${input}, coalesceMs: 20) @route(sort: BALANCED) @maxCost(usd: "0.2") { __typename } }`,
    });
    expect(requests[0]).toMatchObject({ route: { sort: 'BALANCED' }, maxCost: 200_000_000n, coalesceMs: 20 });
  });
});
