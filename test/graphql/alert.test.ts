import { describe, expect, it } from 'vitest';
import type { AlertDelivery } from '../../src/domain/alert.ts';
import type { AlertService } from '../../src/gateway/alertService.ts';
import { toGlobalId } from '../../src/graphql/globalId.ts';
import { createEventLog } from '../support/eventLog.ts';
import { alertAt } from '../support/fakeAlertStore.ts';
import { fakeGateway } from '../support/fakeGateway.ts';
import { asJson, createGraphClient, executors } from '../support/graphClient.ts';
import { budget, organization, principalWith } from '../support/things.ts';

const at = Date.UTC(2026, 0, 20);
const alert = alertAt(at);
const delivery: AlertDelivery = {
  alertId: alert.id,
  webhook: 'operators',
  host: 'hooks.example.com',
  state: 'PENDING',
  attempts: 2,
  status: 503,
  nextAt: at + 5000,
};
const fields = 'id kind at organizationId budget { id } meter percent used limit startedAt resetsAt';
const written = {
  id: toGlobalId('Alert', alert.id),
  kind: 'BUDGET_THRESHOLD',
  at: '2026-01-20T00:00:00.000Z',
  organizationId: toGlobalId('Organization', organization.id),
  budget: { id: toGlobalId('Budget', budget.id) },
  meter: 'SPEND',
  percent: 80,
  used: '0.04',
  limit: '0.05',
  startedAt: '2026-01-01T00:00:00.000Z',
  resetsAt: '2026-02-01T00:00:00.000Z',
};

describe.each(executors)('alerts, $jit', (settings) => {
  const asked: unknown[] = [];
  const log = createEventLog(alert);
  let budgets: readonly (typeof budget)[] = [budget];
  const alerts: Partial<AlertService> = {
    async alerts(_caller, filter, page) {
      asked.push([filter, page]);
      return { items: [alert], hasMore: false };
    },
    async subscribe(_caller, filter) {
      asked.push(filter);
      return log.cursor();
    },
    deliveries: async (ids) => (ids.includes(alert.id) ? [delivery] : []),
  };
  const gateway = fakeGateway({
    alerts,
    administration: { findBudgets: async (_caller, ids) => ids.map((id) => budgets.find((one) => one.id === id) ?? null) },
  });
  const { ask, subscribe } = createGraphClient(gateway, settings);
  const filter = {
    organizationId: toGlobalId('Organization', organization.id),
    kinds: ['BUDGET_OVERRUN'],
    budgetId: toGlobalId('Budget', budget.id),
  };
  const read = { organizationId: organization.id, kinds: ['BUDGET_OVERRUN'], budgetId: budget.id };

  it.each(['ALERTS_READ', 'KEYS_MANAGE', 'USAGE_READ_ALL', 'ADMIN'] as const)('are listed for who holds %s', async (scope) => {
    const source = `query ($filter: AlertFilter) { alerts(filter: $filter, first: 2) { nodes { ${fields} } pageInfo { hasNextPage } } }`;
    const answer = await ask({ source, variables: { filter }, principal: principalWith(scope) });
    expect(answer).toEqual({ data: { alerts: { nodes: [written], pageInfo: { hasNextPage: false } } } });
    expect(asked.at(-1)).toEqual([read, { first: 2, after: null }]);
  });

  it('are refused to everybody else', async () => {
    const principal = principalWith('USAGE_READ', 'AUDIT_READ', 'COMPLETIONS_WRITE');
    const { errors } = await ask({ source: '{ alerts { nodes { id } } }', principal });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('are told as they come, each with its budget as it is then', async () => {
    const source = `subscription ($filter: AlertFilter) { alerts(filter: $filter) { ${fields} } }`;
    const cursor = await subscribe({ source, variables: { filter }, principal: principalWith('ALERTS_READ') });
    const next = async () => {
      const found = cursor.read();
      if (found.length > 0) return asJson(found);
      await new Promise<void>((resolve) => cursor.wait(resolve));
      return asJson(cursor.read());
    };
    expect(await next()).toEqual([{ data: { alerts: written } }]);
    budgets = [];
    log.append(alert);
    expect(await next()).toEqual([{ data: { alerts: { ...written, budget: null } } }]);
    budgets = [budget];
    expect(asked.at(-1)).toEqual(read);
    cursor.close('LEFT');
    expect(log.leavings).toEqual(['LEFT']);
  });

  it('tell an administrator alone how they fare on their way', async () => {
    const source = '{ alerts { nodes { deliveries { webhook host state attempts status nextAt } } } }';
    const { alertId: _alertId, ...seen } = delivery;
    expect(await ask({ source })).toEqual({
      data: { alerts: { nodes: [{ deliveries: [{ ...seen, nextAt: '2026-01-20T00:00:05.000Z' }] }] } },
    });
    const { data, errors } = await ask({ source, principal: principalWith('ALERTS_READ') });
    expect([data, errors]).toMatchObject([{ alerts: { nodes: [{ deliveries: null }] } }, [{ extensions: { code: 'FORBIDDEN' } }]]);
  });

  it.each([
    ['filter.budgetId', { budgetId: filter.organizationId }],
    ['filter.organizationId', { organizationId: 'nonsense' }],
  ])('are not looked for with a wrong %s', async (path, wrong) => {
    const source = 'query ($filter: AlertFilter) { alerts(filter: $filter) { nodes { id } } }';
    const { errors } = await ask({ source, variables: { filter: wrong } });
    expect(errors).toMatchObject([{ message: expect.stringContaining(path), extensions: { code: 'INVALID_REQUEST' } }]);
  });
});
