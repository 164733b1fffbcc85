import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChatServer } from '../support/chatServer.ts';
import { startChatServer } from '../support/chatServer.ts';
import { freePort } from '../support/freePort.ts';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { GatewayUser } from '../support/gatewayUser.ts';
import { completed, createGatewayUser, usageOf } from '../support/gatewayUser.ts';

const marker = 'prompt-marker-5e2d';
const providerKey = 'sk-provider-key-0123456789abcdef';
/** A page as proxies show it, and a refusal as some providers write it: with the key, and with what they were asked. */
const page = { status: 200, type: 'text/html', body: `<html><body>Welcome, ${marker}</body></html>` };
const gatewayPage = { status: 502, type: 'text/html', body: `<html><body>Bad gateway: ${marker}</body></html>` };
const wrongKey = {
  status: 401,
  type: 'application/json',
  body: JSON.stringify({
    error: {
      message: `Incorrect API key provided: ${providerKey}. You said ${marker}.`,
      type: 'invalid_request_error',
      code: 'invalid_api_key',
    },
  }),
};

let gateway: GatewayProcess;
let user: GatewayUser;
const servers: ChatServer[] = [];

async function serve(answer: typeof page): Promise<string> {
  const server = await startChatServer({ answer });
  servers.push(server);
  return server.url;
}

function offer(provider: string) {
  return { [`own/${provider}`]: { offers: [{ provider, model: 'tiny', price: { input: '1', output: '1' }, maxOutputTokens: 100 }] } };
}

beforeAll(async () => {
  const urls = {
    nowhere: 'http://no-such-host.invalid/v1',
    closed: `http://127.0.0.1:${await freePort()}/v1`,
    page: await serve(page),
    proxy: await serve(gatewayPage),
    locked: await serve(wrongKey),
  };
  const providers = Object.entries(urls).map(([id, baseUrl]) => [id, { baseUrl, apiKey: '${PROVIDER_KEY}' }]);
  const config = { providers: Object.fromEntries(providers), models: Object.assign({}, ...Object.keys(urls).map(offer)) };
  gateway = await startGateway({ config, env: { PROVIDER_KEY: providerKey, MODELGRAPH_LOG_LEVEL: 'debug' } });
  user = createGatewayUser(gateway);
});
afterAll(async () => {
  await user?.[Symbol.asyncDispose]();
  await gateway?.[Symbol.asyncDispose]();
  await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
});

test.each([
  { what: 'has no address', provider: 'nowhere', code: 'UPSTREAM_UNAVAILABLE', sentence: /cannot be resolved/ },
  { what: 'refuses the connection', provider: 'closed', code: 'UPSTREAM_UNAVAILABLE', sentence: /refused the connection/ },
  { what: 'answers with a web page', provider: 'page', code: 'UPSTREAM_MALFORMED', sentence: /^page / },
  { what: 'stands behind a proxy that fails', provider: 'proxy', code: 'UPSTREAM_UNAVAILABLE', sentence: /^proxy could not answer/ },
  { what: 'refuses its key', provider: 'locked', code: 'UPSTREAM_REFUSED', sentence: /refused its key/ },
])('a provider that $what', async ({ provider, code, sentence }) => {
  const input = { model: `own/${provider}`, messages: [{ role: 'USER', content: marker }], maxOutputTokens: 10 };
  const { data, errors } = await user.ask(completed, { input });
  expect(data).toEqual({ createCompletion: null });
  expect(errors).toMatchObject([
    { message: expect.stringMatching(sentence), extensions: { code, provider, completionId: expect.any(String) } },
  ]);
  const events = await Array.fromAsync(user.completions(input));
  expect(events.map(({ __typename }) => __typename)).toEqual(['CompletionStarted', 'CompletionFailed']);
  expect(events.at(-1)).toMatchObject({ error: { code }, completion: { text: '', cost: { total: '0' } } });
  const written = JSON.stringify([errors, events]);
  for (const text of [marker, providerKey, 'stack', 'no-such-host.invalid', '127.0.0.1']) expect(written).not.toContain(text);
});

test('after all that nothing was charged, and neither the key nor a prompt was written', async () => {
  expect(await usageOf(user)).toEqual({ requests: 10, errors: 10, cost: '0' });
  for (const text of [marker, providerKey, gateway.adminKey]) expect(gateway.logs()).not.toContain(text);
});
