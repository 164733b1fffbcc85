import type { ExecutionResult } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src/domain/audit.ts';
import { toId } from '../../src/domain/id.ts';
import type { UsageTotals } from '../../src/domain/usageReport.ts';
import { toGlobalId } from '../../src/graphql/globalId.ts';
import { createEventLog } from '../support/eventLog.ts';
import { fakeGateway } from '../support/fakeGateway.ts';
import { asJson, createGraphClient, executors } from '../support/graphClient.ts';
import { apiKey, budget, completion, embeddings, eventsOf, model, offer, organization, provider, team } from '../support/things.ts';
import { documents } from './documents.ts';

const none: UsageTotals = {
  requests: 2,
  errors: 0,
  inputTokens: 8,
  cachedInputTokens: 0,
  outputTokens: 8,
  reasoningTokens: 0,
  cost: 6_000n,
  durationMs: 0,
  firstTokenMs: 0,
  firstTokenCount: 0,
};

const revocation: AuditEntry = {
  id: toId('a1'),
  at: 1,
  organizationId: organization.id,
  actor: { kind: 'API_KEY', id: apiKey.id, name: apiKey.name },
  address: null,
  action: 'REVOKE_API_KEY',
  subject: { type: 'API_KEY', id: apiKey.id },
  before: { revokedAt: null },
  after: { revokedAt: 1 },
};

/** A gateway that has an answer to everything. */
function richGateway() {
  const running = () => {
    const log = createEventLog(...eventsOf('there was ', 'a river'));
    log.end();
    return { id: completion.id, answer: Promise.resolve(completion), subscribe: log.cursor };
  };
  return fakeGateway({
    completions: { start: async () => running() },
    embeddings: { embed: async (_caller, requests) => requests.map(() => embeddings) },
    models: { list: () => ({ items: [model], hasMore: true }), provider: () => provider },
    estimates: {
      estimate: async () => ({
        least: 600n,
        most: 60_600n,
        offer,
        inputTokens: 4,
        maxOutputTokens: 100,
        considered: [{ offer, least: 600n, most: 60_600n, rejected: null }],
        headroom: [],
      }),
    },
    usage: {
      report: async (_caller, { from }) => ({
        totals: none,
        rows: [{ key: { MODEL: model.slug }, totals: none, points: [{ at: from, ...none }] }],
        rowCount: 1,
        asOf: from,
      }),
    },
    quotas: { quotas: async () => [{ budget, used: 6_000n, held: 0n, resetsAt: Date.UTC(2026, 1, 1), wouldRefuse: null }] },
    administration: {
      createOrganization: async (_caller, name) => ({ ...organization, name }),
      createTeam: async (_caller, { name }) => ({ ...team, name }),
      createApiKey: async () => ({ secret: 'mg_live_secret', apiKey }),
      rotateApiKey: async () => ({ secret: 'mg_live_newer', apiKey }),
      revokeApiKey: async () => ({ ...apiKey, revokedAt: 1 }),
      auditLog: async () => ({ items: [revocation], hasMore: false }),
      createBudget: async () => budget,
      quotasOf: async (_caller, budgets) => budgets.map((one) => ({ budget: one, used: 0n, held: 0n, resetsAt: null, wouldRefuse: null })),
    },
  });
}

describe.each(executors)('the contract documents, $jit', (settings) => {
  const { ask, subscribe } = createGraphClient(richGateway(), settings);
  const run = async (name: keyof typeof documents, variables: Record<string, unknown> = {}) => {
    // The second time it is compiled.
    await ask({ source: documents[name], variables });
    const answer = await ask({ source: documents[name], variables });
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };

  it('completes', async () => {
    expect(await run('Complete')).toEqual({
      createCompletion: {
        id: toGlobalId('Completion', completion.id),
        text: 'there was a river',
        finishReason: 'STOP',
        usage: { inputTokens: 4, outputTokens: 4, basis: 'MEASURED' },
        cost: { total: '0.000003' },
        attempts: [{ provider: 'sandbox', outcome: 'SUCCEEDED' }],
      },
    });
  });

  it('compares', async () => {
    const answer = { __typename: 'Completion', text: 'there was a river', cost: { total: '0.000003' } };
    expect(await run('Compare')).toEqual({ createCompletions: [answer, answer] });
  });

  it('streams', async () => {
    const cursor = await subscribe({ source: documents.Stream });
    const events = cursor.read().map((result: ExecutionResult) => asJson(result).data.completionStream);
    const completionId = toGlobalId('Completion', completion.id);
    expect(events).toEqual([
      { __typename: 'CompletionStarted', completionId, sequence: 1, model: { slug: 'sandbox/chat' } },
      { __typename: 'CompletionDelta', completionId, sequence: 2, offset: 0, text: 'there was ' },
      { __typename: 'CompletionDelta', completionId, sequence: 3, offset: 10, text: 'a river' },
      {
        __typename: 'CompletionFinished',
        completionId,
        sequence: 4,
        completion: {
          text: 'there was a river',
          finishReason: 'STOP',
          usage: { inputTokens: 4, outputTokens: 4, basis: 'MEASURED' },
          cost: { total: '0.000003' },
        },
      },
    ]);
    expect(cursor.ended).toBe(true);
  });

  it('embeds', async () => {
    expect(await run('Embed')).toEqual({
      createEmbeddings: { vectors: [[0.5, -0.25]], dimensions: 2, usage: { inputTokens: 4 }, cost: null },
    });
  });

  it('reports usage', async () => {
    const [from, to] = ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'];
    expect(await run('Report', { from, to })).toEqual({
      usage: {
        totals: { requests: 2, errors: 0, tokens: { input: 8, output: 8 }, cost: '0.000006' },
        rows: [{ key: { model: 'sandbox/chat' }, points: [{ at: from, requests: 2, cost: '0.000006' }] }],
      },
    });
  });

  it('lists models', async () => {
    const { models } = await run('Catalog');
    expect(models.nodes).toEqual([
      {
        slug: 'sandbox/chat',
        name: 'Sandbox chat',
        simulated: true,
        offers: [{ provider: { name: 'Sandbox' }, price: { input: '0.15', output: '0.6' } }],
      },
    ]);
    expect(models.pageInfo).toEqual({ hasNextPage: true, endCursor: expect.any(String) });
  });

  it('says who asks', async () => {
    expect(await run('Me')).toEqual({
      viewer: {
        principal: { id: toGlobalId('ApiKey', apiKey.id), kind: 'API_KEY' },
        scopes: ['ADMIN'],
        quotas: [{ meter: 'SPEND', limit: '0.05', used: '0.000006', held: '0', resetsAt: '2026-02-01T00:00:00.000Z' }],
      },
    });
  });

  it('prices a call', async () => {
    expect(await run('Price')).toEqual({
      estimate: {
        least: '0.0000006',
        most: '0.0000606',
        offer: { provider: { name: 'Sandbox' } },
        considered: [{ offer: { provider: { name: 'Sandbox' } }, rejected: null }],
      },
    });
  });

  it('administers, each id going where it came from', async () => {
    const { createOrganization } = await run('Organization');
    const { createTeam } = await run('Team', { organizationId: createOrganization.organization.id });
    const { createApiKey } = await run('Key', { teamId: createTeam.team.id });
    expect(createApiKey).toEqual({
      secret: 'mg_live_secret',
      apiKey: { id: expect.any(String), prefix: 'mg_live_AbCd', status: 'ACTIVE' },
    });
    const { createBudget } = await run('Budget', { apiKeyId: createApiKey.apiKey.id });
    expect(createBudget.budget).toEqual({ id: expect.any(String), limit: '0.05', used: '0', held: '0' });
    const { rotateApiKey } = await run('Rotate', { id: createApiKey.apiKey.id });
    expect(rotateApiKey).toEqual({ secret: 'mg_live_newer', apiKey: { id: createApiKey.apiKey.id } });
    const { revokeApiKey } = await run('Revoke', { id: createApiKey.apiKey.id });
    expect(revokeApiKey.apiKey).toEqual({ id: createApiKey.apiKey.id, status: 'REVOKED' });
    const { auditLog } = await run('Audit');
    const { id } = createApiKey.apiKey;
    expect(auditLog.nodes).toEqual([
      {
        at: '1970-01-01T00:00:00.001Z',
        actor: { id },
        action: 'REVOKE_API_KEY',
        subject: { id },
        before: { revokedAt: null },
        after: { revokedAt: '1970-01-01T00:00:00.001Z' },
      },
    ]);
  });
});
