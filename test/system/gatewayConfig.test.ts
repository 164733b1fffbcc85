import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localServers } from '../../src/providers/known.ts';
import type { ChatServer } from '../support/chatServer.ts';
import { startChatServer } from '../support/chatServer.ts';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { GatewayUser } from '../support/gatewayUser.ts';
import { completed, createGatewayUser, sandboxInput } from '../support/gatewayUser.ts';
import { until } from '../support/until.ts';

interface ListedModel {
  readonly slug: string;
  readonly offers: readonly { readonly price: { readonly input: string | null } | null }[];
}

async function models(user: GatewayUser): Promise<ReadonlyMap<string, ListedModel>> {
  const { models } = await user.get('{ models(first: 100) { nodes { slug offers { price { input } } } } }');
  return new Map(models.nodes.map((model: ListedModel) => [model.slug, model]));
}

async function hashOf({ url }: GatewayProcess): Promise<string> {
  const { checks } = JSON.parse(await (await fetch(`${url}/readyz`)).text());
  return checks.config.detail;
}

const ask = (model: string) => ({ input: { model, messages: [{ role: 'USER', content: 'Hello' }] } });

/** A running stream, and what ends it. */
function startStream(user: GatewayUser) {
  const begun = Promise.withResolvers<void>();
  const read = async () => {
    let last = '';
    for await (const { __typename } of user.completions(sandboxInput({ tokensPerSecond: 15 }, { maxOutputTokens: 30 }))) {
      last = __typename;
      begun.resolve();
    }
    return last;
  };
  return { begun: begun.promise, last: read() };
}

const limits = 'server: { maxInFlight: 2 }\n';
let gateway: GatewayProcess;
let user: GatewayUser;
let server: ChatServer;
beforeAll(async () => {
  server = await startChatServer();
  gateway = await startGateway({ config: limits });
  user = createGatewayUser(gateway);
});
afterAll(async () => {
  await user?.[Symbol.asyncDispose]();
  await gateway?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

test('the file is followed while calls run, and one with mistakes changes nothing', async () => {
  const first = await hashOf(gateway);
  expect((await user.ask(completed, ask('tiny/tiny'))).errors).toMatchObject([{ extensions: { code: 'UNKNOWN_MODEL' } }]);
  const { begun, last } = startStream(user);
  await begun;

  const tiny = `${limits}providers:\n  tiny:\n    baseUrl: ${server.url}\n`;
  await writeFile(gateway.configPath, tiny);
  await until('the provider is found', async () => (await models(user)).get('tiny/tiny') ?? null);
  expect((await user.get(completed, ask('tiny/tiny'))).createCompletion).toMatchObject({
    text: 'Hello.',
    cost: null,
    usage: { basis: 'MEASURED' },
  });
  const second = await hashOf(gateway);
  expect(second).not.toBe(first);

  await writeFile(gateway.configPath, `${tiny}modls: {}\n`);
  await until('the mistake is logged', () => gateway.logs().includes('The configuration is invalid') || null);
  expect(gateway.logs()).toContain('modls (line 5)');
  expect(await hashOf(gateway)).toBe(second);
  expect((await user.get(completed, ask('tiny/tiny'))).createCompletion.text).toBe('Hello.');

  const priced = 'models:\n  own/tiny:\n    offers: [{ provider: tiny, model: tiny, price: { input: "2", output: "3" } }]\n';
  await writeFile(gateway.configPath, `${tiny}${priced}`);
  const { offers } = await until('the model is listed', async () => (await models(user)).get('own/tiny') ?? null);
  expect(offers).toEqual([{ price: { input: '2' } }]);
  expect((await user.get(completed, ask('own/tiny'))).createCompletion.cost).toEqual({ total: '0.00002' });
  expect(await last).toBe('CompletionFinished');
});

test('SIGHUP has the file read at once, and the provider that left it is asked no more', async () => {
  const { calls } = server;
  await writeFile(gateway.configPath, limits);
  process.kill(gateway.pid, 'SIGHUP');
  await until('the provider is gone', async () => ((await models(user)).has('tiny/tiny') ? null : true));
  const { errors } = await user.ask(completed, ask('tiny/tiny'));
  expect(errors).toMatchObject([{ extensions: { code: 'UNKNOWN_MODEL' } }]);
  expect(server.calls).toBe(calls);
});

test('beyond server.maxInFlight calls are turned away, and admitted again when there is room', async () => {
  const running = [startStream(user), startStream(user)];
  await Promise.all(running.map(({ begun }) => begun));
  const quick = { input: sandboxInput({ tokensPerSecond: 0 }, { maxOutputTokens: 3 }) };
  const { errors } = await user.ask(completed, quick);
  expect(errors).toMatchObject([{ extensions: { code: 'OVERLOADED', retryable: true, retryAfterMs: 1000, maxInFlight: 2 } }]);
  // What needs no place is answered all the same.
  expect(await models(user)).toHaveProperty('size');
  expect(await Promise.all(running.map(({ last }) => last))).toEqual(['CompletionFinished', 'CompletionFinished']);
  expect((await user.get(completed, quick)).createCompletion.finishReason).toBe('LENGTH');
  const two = 'mutation ($inputs: [CompletionInput!]!) { createCompletions(inputs: $inputs) { ... on Completion { finishReason } } }';
  expect((await user.ask(two, { inputs: [quick.input, quick.input, quick.input] })).errors).toMatchObject([
    { extensions: { code: 'OVERLOADED' } },
  ]);
  expect((await user.get(two, { inputs: [quick.input, quick.input] })).createCompletions).toHaveLength(2);
});

test('a model server on this machine is found and announced, unless probes are off', async ({ skip }) => {
  await using found = await onProbedPort();
  if (found === null) return skip('every probed port of this machine is taken');
  const { id } = found;
  await using probing = await startGateway({ env: { MODELGRAPH_PROBE: undefined } });
  await using finder = createGatewayUser(probing);
  await until('the model is listed', async () => (await models(finder)).get(`${id}/tiny`) ?? null);
  expect(probing.logs()).toMatch(new RegExp(`"provider":"${id}".*A model server was found on this machine`));
  expect((await finder.get(completed, ask(`${id}/tiny`))).createCompletion.text).toBe('Hello.');
  process.kill(gateway.pid, 'SIGHUP');
  expect([...(await models(user)).keys()]).toEqual(['sandbox/chat', 'sandbox/embed']);
});

/** A server where one of the probes looks for it; null when all these ports are taken. */
async function onProbedPort(): Promise<(AsyncDisposable & { readonly id: string; readonly server: ChatServer }) | null> {
  for (const { id, baseUrl } of localServers) {
    const server = await startChatServer({ port: Number(new URL(baseUrl).port) }).catch(() => null);
    if (server !== null) return { id, server, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
  }
  return null;
}
