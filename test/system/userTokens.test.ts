import { createHmac } from 'node:crypto';
import { exportSPKI, importJWK } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { readStream, streamDocument } from '../support/completionEvents.ts';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { GraphPlace } from '../support/httpGraph.ts';
import { ask, askWell, codeOf } from '../support/httpGraph.ts';
import type { IssuerServer } from '../support/issuerServer.ts';
import { startIssuerServer } from '../support/issuerServer.ts';
import { openStreamClient } from '../support/streamClient.ts';
import type { SigningKey } from '../support/tokenIssuer.ts';
import { joinToken, newSigningKey, signToken } from '../support/tokenIssuer.ts';

const open = new AsyncDisposableStack();
let first: SigningKey;
let second: SigningKey;
let corporate: IssuerServer;
let tenants: IssuerServer;
let away: IssuerServer;
let gateway: GatewayProcess;
let admin: GraphPlace;

beforeAll(async () => {
  [first, second] = await Promise.all([newSigningKey('first', 'RS256'), newSigningKey('second')]);
  corporate = open.use(await startIssuerServer(first));
  tenants = open.use(await startIssuerServer(second));
  away = open.use(await startIssuerServer(second));
  away.up = false;
  const scopes = {
    claim: 'roles',
    values: { writer: ['COMPLETIONS_WRITE'], auditor: ['USAGE_READ_ALL', 'AUDIT_READ'] },
    always: ['USAGE_READ'],
  };
  const issuers = [
    { issuer: corporate.issuer, audience: 'modelgraph', organization: 'default', scopes },
    { issuer: tenants.issuer, audience: 'modelgraph', jwksUrl: `${tenants.issuer}/keys`, organization: { claim: 'tenant' }, scopes },
    { issuer: away.issuer, audience: 'modelgraph', organization: 'default', scopes },
  ];
  gateway = open.use(await startGateway({ config: { identity: { issuers } } }));
  admin = { graphUrl: gateway.graphUrl, key: gateway.adminKey };
});
afterAll(() => open.disposeAsync());

async function userOf(claims: Readonly<Record<string, unknown>> = {}, key = first): Promise<GraphPlace> {
  const token = await signToken(key, Date.now(), { iss: corporate.issuer, roles: ['writer'], ...claims });
  return { graphUrl: gateway.graphUrl, key: token };
}

const whoAmI = '{ viewer { principal { id kind name } scopes organization { name } team { name } } }';
const story = { model: 'sandbox/chat', messages: [{ role: 'USER', content: 'Once upon a time' }], maxOutputTokens: 5 };
const complete = 'mutation ($input: CompletionInput!) { createCompletion(input: $input) { id text } }';
const resume = 'subscription ($id: ID!) { resumeCompletion(id: $id, after: 0) { __typename } }';

test('a user is who the token says, with the scopes of the table, and its first sight is in the audit log', async () => {
  const alice = await userOf({ sub: 'alice', name: 'Alice', roles: ['writer', 'ADMIN', 'nonsense'] });
  const { viewer } = await askWell(alice, whoAmI);
  expect(viewer).toMatchObject({
    principal: { kind: 'USER', name: 'Alice' },
    scopes: ['USAGE_READ', 'COMPLETIONS_WRITE'],
    organization: { name: 'default' },
    team: { name: 'default' },
  });
  const filter = { subjectId: viewer.principal.id };
  const { auditLog } = await askWell(
    admin,
    'query ($filter: AuditLogFilter) { auditLog(filter: $filter) { nodes { action address actor { kind name } } } }',
    { filter },
  );
  expect(auditLog.nodes).toEqual([{ action: 'CREATE_USER', address: '127.0.0.1', actor: { kind: 'SYSTEM', name: corporate.issuer } }]);
});

test('a user calls over HTTP, a WebSocket with either way of saying who it is, and Server-Sent Events', async () => {
  const alice = await userOf({ sub: 'alice' });
  expect((await askWell(alice, complete, { input: story })).createCompletion.text).not.toBe('');
  const header = { headers: { authorization: `Bearer ${alice.key}` } };
  class HeaderSocket extends WebSocket {
    constructor(url: string, protocols: string) {
      super(url, protocols, header);
    }
  }
  for (const options of [{}, { connectionParams: {}, webSocketImpl: HeaderSocket }]) {
    await using client = openStreamClient(alice, options);
    expect((await readStream(client, { query: streamDocument, variables: { input: story } })).at(-1)).toMatchObject({
      __typename: 'CompletionFinished',
    });
  }
  const response = await fetch(gateway.graphUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...header.headers },
    body: JSON.stringify({ query: streamDocument, variables: { input: story } }),
  });
  expect(await response.text()).toContain('CompletionFinished');
});

test('a key that is rotated in is asked for once, and one that nobody publishes does not have the issuer asked again', async () => {
  await askWell(await userOf(), whoAmI);
  const before = corporate.asked;
  corporate.publish(first, second);
  await askWell(await userOf({}, second), whoAmI);
  const stranger = await newSigningKey('stranger');
  expect(codeOf(await ask(await userOf({}, stranger), whoAmI))).toBe('UNAUTHENTICATED');
  expect(codeOf(await ask(await userOf({ sub: 'bob' }, stranger), whoAmI))).toBe('UNAUTHENTICATED');
  expect(corporate.asked - before).toBe(1);
});

test('what is no good token is refused, each with its reason', async () => {
  const now = Math.floor(Date.now() / 1000);
  const publicKey = await importJWK(first.publicJwk, 'RS256', { extractable: true });
  if (publicKey instanceof Uint8Array) throw new Error('This is no public key.');
  const claims = { iss: corporate.issuer, aud: 'modelgraph', sub: 'alice', roles: ['writer'], exp: now + 300 };
  const shared = joinToken({ alg: 'HS256', kid: 'first' }, claims).slice(0, -1);
  const asShared = `${shared}.${createHmac('sha256', await exportSPKI(publicKey))
    .update(shared)
    .digest('base64url')}`;
  const keyOf = async (changes: Readonly<Record<string, unknown>>) => (await userOf(changes)).key;
  const [header, , signature] = (await userOf()).key?.split('.') ?? [];
  const cases: readonly (readonly [string, string | null, string])[] = [
    ['alg none', joinToken({ alg: 'none' }, claims), 'algorithm'],
    ['HS256 with the public key', asShared, 'algorithm'],
    ['another issuer', await keyOf({ iss: 'https://evil.example.com' }), 'not trusted'],
    ['another audience', await keyOf({ aud: 'another' }), 'audience'],
    ['expired', await keyOf({ exp: now - 31 }), 'expired'],
    ['not yet valid', await keyOf({ nbf: now + 60 }), 'not valid yet'],
    ['changed', `${header}.${Buffer.from(JSON.stringify({ ...claims, sub: 'root' })).toString('base64url')}.${signature}`, 'signature'],
    ['cut', `${header}.e30`, 'neither an API key nor a token'],
    ['empty', '..', 'neither an API key nor a token'],
  ];
  for (const [name, key, reason] of cases) {
    const { errors } = await ask({ graphUrl: gateway.graphUrl, key }, whoAmI);
    expect([name, errors]).toMatchObject([name, [{ message: expect.stringContaining(reason), extensions: { code: 'UNAUTHENTICATED' } }]]);
  }
  expect(gateway.logs()).not.toContain(header);
});

test('an issuer that is away leaves it open whether a token is good', async () => {
  const user = await userOf({ iss: away.issuer }, second);
  const { errors } = await ask(user, whoAmI);
  expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE', retryable: true, retryAfterMs: expect.any(Number) } }]);
});

test('users of one organization keep their calls, keys of calls and usage to themselves', async () => {
  const [carol, dave, auditor] = await Promise.all([
    userOf({ sub: 'carol' }),
    userOf({ sub: 'dave' }),
    userOf({ sub: 'frank', roles: ['auditor'] }),
  ]);
  const input = { ...story, idempotencyKey: 'the same of both' };
  const mine = (await askWell(carol, complete, { input })).createCompletion.id;
  const theirs = (await askWell(dave, complete, { input })).createCompletion.id;
  expect((await askWell(carol, complete, { input })).createCompletion.id).toBe(mine);
  expect(theirs).not.toBe(mine);
  const completion = 'query ($id: ID!) { completion(id: $id) { id text } }';
  expect((await askWell(dave, completion, { id: mine })).completion).toBeNull();
  expect((await askWell(carol, completion, { id: mine })).completion.id).toBe(mine);
  const cancel = 'mutation ($id: ID!) { cancelCompletion(input: { id: $id }) { state } }';
  expect(codeOf(await ask(dave, cancel, { variables: { id: mine } }))).toBe('NOT_FOUND');
  await using client = openStreamClient(dave);
  const resumed = await client.iterate({ query: resume, variables: { id: mine } }).next();
  expect(resumed.value?.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  const day = 86_400_000;
  const range = { from: new Date(Date.now() - day).toISOString(), to: new Date(Date.now() + day).toISOString() };
  const usage = 'query ($range: DateTimeRange!) { usage(range: $range, groupBy: [USER]) { rows { key { user } totals { requests } } } }';
  const rowsOf = async (place: GraphPlace) => (await askWell(place, usage, { range })).usage.rows;
  const { viewer } = await askWell(carol, whoAmI);
  expect(await rowsOf(carol)).toEqual([{ key: { user: viewer.principal.id }, totals: { requests: 1 } }]);
  expect((await rowsOf(auditor)).length).toBeGreaterThan(2);
});

test('a foreign organization is FORBIDDEN in the same words as one that is not there', async () => {
  await askWell(admin, 'mutation { createOrganization(input: { name: "Empty" }) { organization { id } } }');
  const answerOf = async (tenant: unknown) => (await ask(await userOf({ iss: tenants.issuer, tenant }, second), whoAmI)).errors?.[0];
  const told = await answerOf('Nowhere');
  expect(told?.extensions['code']).toBe('FORBIDDEN');
  for (const tenant of ['Empty', undefined, 7, ['', {}], "x' or true --"]) expect((await answerOf(tenant))?.message).toEqual(told?.message);
});

test('everybody of a disabled organization is cut off at once, with tokens and with keys', async () => {
  const make = 'mutation ($name: String!) { createOrganization(input: { name: $name }) { organization { id } } }';
  const { id: organizationId } = (await askWell(admin, make, { name: 'Umbrella' })).createOrganization.organization;
  const makeTeam = 'mutation ($id: ID!) { createTeam(input: { organizationId: $id, name: "default" }) { team { id } } }';
  const { id: teamId } = (await askWell(admin, makeTeam, { id: organizationId })).createTeam.team;
  const makeKey = 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }';
  const input = { teamId, name: 'web', scopes: ['MODELS_READ', 'COMPLETIONS_WRITE'] };
  const member = { ...admin, key: (await askWell(admin, makeKey, { input })).createApiKey.secret };
  const zoe = await userOf({ iss: tenants.issuer, tenant: 'Umbrella', sub: 'zoe' }, second);
  expect((await askWell(zoe, whoAmI)).viewer.organization.name).toBe('Umbrella');
  const closed = Promise.withResolvers<unknown>();
  await using client = openStreamClient(member, { lazy: false, onNonLazyError: () => undefined, on: { closed: closed.resolve } });
  await readStream(client, { query: streamDocument, variables: { input: story } });
  const change =
    'mutation ($id: ID!, $disabled: Boolean!) { updateOrganization(input: { id: $id, disabled: $disabled }) { organization { disabledAt } } }';
  await askWell(admin, change, { id: organizationId, disabled: true });
  expect(await closed.promise).toMatchObject({ code: 4401, reason: 'The API key is disabled.' });
  for (const shutOut of [member, zoe])
    expect((await ask(shutOut, whoAmI)).errors).toMatchObject([
      { message: expect.stringContaining('disabled'), extensions: { code: 'UNAUTHENTICATED' } },
    ]);
  await askWell(admin, change, { id: organizationId, disabled: false });
  expect((await askWell(member, whoAmI)).viewer.principal.kind).toBe('API_KEY');
  expect((await askWell(zoe, whoAmI)).viewer.principal.kind).toBe('USER');
});

test('a disabled user is cut off at once, and let in again', async () => {
  const erin = await userOf({ sub: 'erin' });
  const { id } = (await askWell(erin, whoAmI)).viewer.principal;
  const closed = Promise.withResolvers<unknown>();
  await using client = openStreamClient(erin, { lazy: false, onNonLazyError: () => undefined, on: { closed: closed.resolve } });
  await readStream(client, { query: streamDocument, variables: { input: story } });
  const change =
    'mutation ($id: ID!, $disabled: Boolean!) { updateUser(input: { id: $id, disabled: $disabled }) { user { name disabledAt } } }';
  const { updateUser } = await askWell(admin, change, { id, disabled: true });
  expect(updateUser.user).toEqual({ name: 'Alice', disabledAt: expect.any(String) });
  expect(await closed.promise).toMatchObject({ code: 4401, reason: 'The user is disabled.' });
  expect((await ask(erin, whoAmI)).errors).toMatchObject([{ message: 'The user is disabled.', extensions: { code: 'UNAUTHENTICATED' } }]);
  await askWell(admin, change, { id, disabled: false });
  expect((await askWell(erin, whoAmI)).viewer.principal.id).toBe(id);
});
