import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { exportPKCS8, generateKeyPair, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createProvider } from '../../src/providers/registry.ts';
import { collect, errorOf, neverAborted } from '../support/collect.ts';
import { foldAnswer } from '../support/foldAnswer.ts';
import { createManualClock } from '../support/manualClock.ts';
import { callOf, offerOf, settingsOf } from '../support/providerCall.ts';

const keys = await generateKeyPair('RS256', { extractable: true });
const chunk = { candidates: [{ content: { parts: [{ text: 'Grüezi' }] }, finishReason: 'STOP' }], usageMetadata: { promptTokenCount: 1 } };
const account = {
  clientEmail: 'gateway@project.iam.gserviceaccount.com',
  privateKey: (await exportPKCS8(keys.privateKey)).replaceAll('\n', '\\n'),
};

/** Vertex, and the place where its tokens are had. */
let refused = false;
let assertions: string[] = [];
let asked: { url: string; authorization: string | undefined }[] = [];
const server = createServer(async (request, response) => {
  const body = await readText(request);
  response.setHeader('content-type', request.url?.includes('alt=sse') ? 'text/event-stream' : 'application/json');
  if (request.url === '/token') {
    assertions.push(new URLSearchParams(body).get('assertion') ?? '');
    if (refused) response.writeHead(400).end(JSON.stringify({ error: 'invalid_grant', error_description: 'Invalid JWT.' }));
    else response.end(JSON.stringify({ access_token: `ya29.${assertions.length}`, expires_in: 3600, token_type: 'Bearer' }));
    return;
  }
  asked.push({ url: request.url ?? '', authorization: request.headers.authorization });
  response.end(`data: ${JSON.stringify(chunk)}\n\n`);
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

function vertex(credentials: Readonly<Record<string, string>>, clock = createManualClock()) {
  [assertions, asked] = [[], []];
  const options = { project: 'p1', location: 'europe-west4', tokenUrl: url };
  return createProvider(settingsOf({ format: 'gemini', baseUrl: `${url}/v1`, credentials, options }), { clock });
}

const complete = async (adapter: ReturnType<typeof vertex>) =>
  foldAnswer(await collect(adapter.complete(callOf({ offer: offerOf('gemini-2.5-flash') }), neverAborted)));

it('exchanges the key of a service account for a token, once for all calls until it ends', async () => {
  const clock = createManualClock(Date.UTC(2026, 10, 22));
  await using adapter = vertex(account, clock);
  const answers = await Promise.all([complete(adapter), complete(adapter)]);
  expect(answers).toMatchObject([{ text: 'Grüezi' }, { text: 'Grüezi' }]);
  expect(asked).toEqual(
    new Array(2).fill({
      url: '/v1/projects/p1/locations/europe-west4/publishers/google/models/gemini-2.5-flash:streamGenerateContent?alt=sse',
      authorization: 'Bearer ya29.1',
    }),
  );
  const { payload } = await jwtVerify(assertions[0] ?? '', keys.publicKey, { currentDate: new Date(clock.now()) });
  expect(payload).toMatchObject({
    iss: account.clientEmail,
    aud: 'https://oauth2.googleapis.com/token',
    scope: expect.stringContaining('cloud-platform'),
  });
  await clock.advance(3_540_000);
  await complete(adapter);
  expect(asked.at(-1)?.authorization).toBe('Bearer ya29.2');
});

it('says that a key was refused where no token is given for it, and asks again the next time', async () => {
  await using adapter = vertex(account);
  refused = true;
  const refusal = { code: 'UPSTREAM_REFUSED', details: { reason: 'KEY_REFUSED' } };
  expect(await errorOf(complete(adapter))).toMatchObject(refusal);
  refused = false;
  expect(await complete(adapter)).toMatchObject({ text: 'Grüezi' });
});

it('says that a key is none, and quotes nothing of it', async () => {
  await using adapter = vertex({ ...account, privateKey: 'not-a-key-but-secret' });
  const error = await errorOf(complete(adapter));
  expect(error).toMatchObject({ code: 'UPSTREAM_REFUSED', details: { reason: 'KEY_REFUSED' } });
  expect(JSON.stringify([error, String(error)])).not.toContain('secret');
});
