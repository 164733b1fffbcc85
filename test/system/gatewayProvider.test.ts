import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChatServer } from '../support/chatServer.ts';
import { startChatServer } from '../support/chatServer.ts';
import { freePort } from '../support/freePort.ts';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { GatewayUser } from '../support/gatewayUser.ts';
import { completed, createGatewayUser, usageOf } from '../support/gatewayUser.ts';
import type { MoodyServer } from '../support/moodyServer.ts';
import { moods, startMoodyServer } from '../support/moodyServer.ts';
import type { ReplayServer } from '../support/replayServer.ts';
import { startReplayServer } from '../support/replayServer.ts';
import { until } from '../support/until.ts';

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
let moody: MoodyServer;
/** Stands at a private address to which nobody may be sent. */
let hidden: ReplayServer;
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
  hidden = await startReplayServer();
  moody = await startMoodyServer(hidden.url);
  for (const mood of moods) Object.assign(urls, { [mood]: moody.url(mood) });
  const providers = Object.entries(urls).map(([id, baseUrl]) => [id, { baseUrl, apiKey: '${PROVIDER_KEY}' }]);
  const config = {
    defaults: { backoffMs: 1 },
    providers: Object.fromEntries(providers),
    models: Object.assign({}, ...Object.keys(urls).map(offer)),
  };
  gateway = await startGateway({ config, env: { PROVIDER_KEY: providerKey, MODELGRAPH_LOG_LEVEL: 'debug' } });
  user = createGatewayUser(gateway);
});
afterAll(async () => {
  await user?.[Symbol.asyncDispose]();
  await gateway?.[Symbol.asyncDispose]();
  await Promise.all([...servers, moody, hidden].map((server) => server?.[Symbol.asyncDispose]()));
});

test.each([
  { what: 'has no address', provider: 'nowhere', code: 'UPSTREAM_UNAVAILABLE', sentence: /cannot be resolved/ },
  { what: 'refuses the connection', provider: 'closed', code: 'UPSTREAM_UNAVAILABLE', sentence: /refused the connection/ },
  { what: 'answers with a web page', provider: 'page', code: 'UPSTREAM_MALFORMED', sentence: /^page / },
  { what: 'stands behind a proxy that fails', provider: 'proxy', code: 'UPSTREAM_UNAVAILABLE', sentence: /^proxy could not answer/ },
  {
    what: 'refuses its key',
    provider: 'locked',
    code: 'UPSTREAM_REFUSED',
    sentence: /refused its key: check providers\.locked\.apiKey\.$/,
  },
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

const limited = `subscription ($input: CompletionInput!, $timeout: TimeoutInput) { completionStream(input: $input, timeout: $timeout) {
  ... on CompletionFailed { error { code message } completion { id text } }
} }`;
const booked = `query ($id: ID!) { completion(id: $id) {
  state error { code } usage { inputTokens outputTokens basis } cost { total } attempts { outcome errorCode }
} }`;

test.each([
  { mood: 'endless', timeout: { totalMs: 600 }, code: 'UPSTREAM_TIMEOUT', spoken: true },
  { mood: 'silent', timeout: { idleMs: 300 }, code: 'UPSTREAM_TIMEOUT', spoken: true },
  { mood: 'bomb', timeout: {}, code: 'UPSTREAM_MALFORMED', spoken: false },
  { mood: 'line', timeout: {}, code: 'UPSTREAM_MALFORMED', spoken: false },
  { mood: 'moved', timeout: {}, code: 'UPSTREAM_REFUSED', spoken: false },
])('a provider that is $mood is given up, and the row of the call says so', async ({ mood, timeout, code, spoken }) => {
  const input = { model: `own/${mood}`, messages: [{ role: 'USER', content: marker }], maxOutputTokens: 10 };
  const events = await Array.fromAsync(user.stream(limited, { input, timeout }));
  const { error, completion } = events.at(-1)?.data.completionStream ?? {};
  expect(error).toMatchObject({ code, message: expect.stringMatching(`^(?:${mood} |The )`) });
  expect(completion.text !== '').toBe(spoken);
  const row = (await user.get(booked, { id: completion.id })).completion;
  expect(row).toMatchObject({ state: 'FAILED', error: { code } });
  expect(row.attempts.map(({ outcome, errorCode }: { outcome: string; errorCode: string }) => [outcome, errorCode])).toEqual(
    row.attempts.map(() => ['FAILED', code]),
  );
  // What was spoken is paid for by our own count, since the provider's never came.
  if (spoken) expect(row).toMatchObject({ usage: { basis: 'ESTIMATED', outputTokens: expect.any(Number) } });
  expect(Number(row.cost.total) > 0).toBe(spoken);
  await until('the provider has been left', async () => (moody.open === 0 ? true : null));
  expect(hidden.connections).toBe(0);
});
