import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKeySecrets } from '../../src/identity/apiKey.ts';
import { findPackageRoot } from '../../src/system/packageRoot.ts';
import { createTestDatabase, whyNot } from '../support/database.ts';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { GraphPlace } from '../support/httpGraph.ts';
import { askWell, createKey } from '../support/httpGraph.ts';
import { createDocument } from '../support/replicas.ts';
import { openStreamClient } from '../support/streamClient.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { until } from '../support/until.ts';
import type { WebhookReceiver } from '../support/webhookReceiver.ts';
import { openWebhookReceiver } from '../support/webhookReceiver.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const open = new AsyncDisposableStack();
let receiver: WebhookReceiver;
/** Two on one PostgreSQL; one twice where none answers. */
let gateways: readonly [GatewayProcess, GatewayProcess];
let admins: readonly [GraphPlace, GraphPlace];
let caller: GraphPlace & { readonly id: string };

beforeAll(async () => {
  const busy = [500, 503].map((status) => (response: { writeHead(code: number): { end(): void } }) => response.writeHead(status).end());
  receiver = open.use(await openWebhookReceiver(...busy));
  const webhook = { name: 'operators', url: receiver.url, secret: '${ALERT_SECRET}', retry: { firstDelayMs: 20 } };
  const config = { alerts: { webhooks: [webhook] } };
  const env = { MODELGRAPH_ADMIN_KEY: createApiKeySecrets().issue().secret, ALERT_SECRET: secret };
  const shared = (await whyNot('POSTGRES')) === null ? open.use(await createTestDatabase('POSTGRES')) : null;
  const start = async () => {
    const database = shared?.location.type === 'POSTGRES' ? { DATABASE_URL: shared.location.url } : {};
    return open.use(await startGateway({ env: { ...env, ...database }, config }));
  };
  const [one, other] = await Promise.all([start(), shared === null ? null : start()]);
  gateways = [one, other ?? one];
  const placeOf = ({ graphUrl, adminKey }: GatewayProcess) => ({ graphUrl, key: adminKey });
  admins = [placeOf(gateways[0]), placeOf(gateways[1])];
  caller = await createKey(admins[0], ['COMPLETIONS_WRITE']);
});
afterAll(() => open.disposeAsync());

/** The program of the page for operators. */
async function documentedCheck(): Promise<(message: object) => boolean> {
  const page = readFileSync(join(findPackageRoot(), 'docs/operating.md'), 'utf8');
  const program = /^```js\n\/\/ webhook\.js\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? '';
  const folder = temporaryFolder();
  open.defer(folder.remove);
  const file = join(folder.path, 'webhook.mjs');
  writeFileSync(file, program);
  const { isFromGateway } = await import(pathToFileURL(file).href);
  return isFromGateway;
}

async function spendOneCall(): Promise<void> {
  const input = { model: 'sandbox/chat', messages: [{ role: 'USER', content: 'A secret plan' }], maxOutputTokens: 5 };
  await askWell({ ...caller, graphUrl: gateways[0].graphUrl }, createDocument, { input });
}

describe('a budget that is used up on one replica', () => {
  it('is told by the other to who subscribes there, and to the webhook until it takes it', async () => {
    const { createBudget } = await askWell(
      admins[0],
      'mutation ($input: CreateBudgetInput!) { createBudget(input: $input) { budget { id } } }',
      { input: { scope: { apiKeyId: caller.id }, meter: 'REQUESTS', window: 'MONTH', limit: { count: 1 } } },
    );
    await using operator = openStreamClient(admins[1]);
    const alerts = operator.iterate({
      query: 'subscription { alerts { id kind percent used limit meter resetsAt budget { id } } }',
    });
    const alert = alerts.next();
    await using user = openStreamClient({ ...caller, graphUrl: gateways[1].graphUrl });
    const quotas = user.iterate({ query: 'subscription { quotaChanged { used limit budget { id used } } }' });
    const present = { used: '0', limit: '1', budget: { id: createBudget.budget.id, used: '0' } };
    expect((await quotas.next()).value).toEqual({ data: { quotaChanged: present } });

    await spendOneCall();

    const told = (await alert).value?.data?.['alerts'];
    expect(told).toMatchObject({ kind: 'BUDGET_THRESHOLD', percent: 100, used: '1', limit: '1', meter: 'REQUESTS' });
    expect(told).toMatchObject({ budget: { id: createBudget.budget.id } });
    for await (const { data } of quotas) if (data?.['quotaChanged'] && JSON.stringify(data).includes('"used":"1"')) break;
    await alerts.return?.();

    await until('the webhook has been tried three times', () => receiver.received.length >= 3);
    const list = `{ alerts(filter: { budgetId: "${createBudget.budget.id}" }) { nodes { id deliveries { webhook host state attempts status nextAt } } } }`;
    let listed = await askWell(admins[1], list);
    while (listed.alerts.nodes[0].deliveries[0].state === 'PENDING') listed = await askWell(admins[1], list);
    const delivery = {
      webhook: 'operators',
      host: `127.0.0.1:${receiver.port}`,
      state: 'DELIVERED',
      attempts: 3,
      status: 204,
      nextAt: null,
    };
    expect(listed).toEqual({ alerts: { nodes: [{ id: told.id, deliveries: [delivery] }] } });
  });

  it('signs what it sends so that the program of the page for operators believes it, and nothing else', async () => {
    const isFromGateway = await documentedCheck();
    const [first, ...again] = receiver.received;
    if (first === undefined) throw new Error('Nothing was received.');
    const { body } = first;
    const headers: IncomingHttpHeaders = first.headers;
    expect(again.map((next) => [next.headers['webhook-id'], next.body])).toEqual(again.map(() => [headers['webhook-id'], body]));
    expect(isFromGateway({ headers, body, secret })).toBe(true);
    expect(isFromGateway({ headers, body: body.replace('100', '10'), secret })).toBe(false);
    expect(isFromGateway({ headers, body, secret: `whsec_${Buffer.alloc(32, 8).toString('base64')}` })).toBe(false);
    expect(isFromGateway({ headers, body, secret, now: Date.now() + 600_000 })).toBe(false);
    expect(isFromGateway({ headers: {}, body, secret })).toBe(false);
    expect(JSON.parse(body)).toMatchObject({ type: 'budget.threshold', data: { kind: 'BUDGET_THRESHOLD', percent: 100, used: '1' } });
    expect(body).not.toContain('secret plan');
  });

  it('is told to nobody who may not see budgets', async () => {
    await using user = openStreamClient({ ...caller, graphUrl: gateways[1].graphUrl });
    const alerts = user.iterate({ query: 'subscription { alerts { id } }' });
    expect((await alerts.next()).value).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });
});
