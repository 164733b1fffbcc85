import { describe, expect, it } from 'vitest';
import { toId } from '../../src/domain/id.ts';
import type { Scope } from '../../src/domain/principal.ts';
import { createAlerts } from '../../src/gateway/alert.ts';
import { createAlertFeed } from '../../src/gateway/alertFeed.ts';
import type { AlertFilter } from '../../src/ports/alert.ts';
import { alertAt, createFakeAlertStore } from '../support/fakeAlertStore.ts';
import { createManualClock } from '../support/manualClock.ts';
import { silentLog } from '../support/silentLog.ts';
import { budget, principalWith } from '../support/things.ts';

const every: AlertFilter = { organizationId: null, kinds: null, budgetId: null };
const page = { first: 10, after: null };

function callerWith(scope: Scope) {
  return { principal: principalWith(scope), requestId: 'r', address: null };
}

function world() {
  const clock = createManualClock();
  const asked: AlertFilter[] = [];
  const fake = createFakeAlertStore();
  const store = {
    ...fake,
    list: (filter: AlertFilter, asking: typeof page) => {
      asked.push(filter);
      return fake.list(filter, asking);
    },
  };
  return { clock, asked, fake, alerts: createAlerts(store, createAlertFeed({ alerts: fake, clock, log: silentLog })) };
}

describe('who sees alerts', () => {
  it('sees those of the own organization, an ADMIN those of all', async () => {
    const { alerts, asked } = world();
    await alerts.alerts(callerWith('ALERTS_READ'), every, page);
    await alerts.alerts(callerWith('ADMIN'), every, page);
    await alerts.alerts(callerWith('ADMIN'), { ...every, organizationId: toId('o2') }, page);
    expect(asked.map(({ organizationId }) => organizationId)).toEqual(['o1', null, 'o2']);
  });

  it('is told that another organization is not there', async () => {
    const { alerts, fake } = world();
    const foreign = { ...every, organizationId: toId<typeof budget.organizationId>('o2') };
    await expect(alerts.alerts(callerWith('ALERTS_READ'), foreign, page)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(alerts.subscribe(callerWith('ALERTS_READ'), foreign)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(fake.listeners).toBe(0);
  });

  it('hears of the own organization, of the kinds and the budget asked for', async () => {
    const { alerts, clock, fake } = world();
    const caller = callerWith('KEYS_MANAGE');
    const readers = await Promise.all(
      [every, { ...every, kinds: ['BUDGET_OVERRUN' as const] }, { ...every, budgetId: toId<typeof budget.id>('b2') }].map((filter) =>
        alerts.subscribe(caller, filter),
      ),
    );
    const administrator = await alerts.subscribe(callerWith('ADMIN'), every);
    const start = clock.now();
    fake.raise(alertAt(start + 1));
    fake.raise(alertAt(start + 2, { kind: 'BUDGET_OVERRUN' }));
    fake.raise(alertAt(start + 3, { budget: { ...budget, id: toId('b2') } }));
    fake.raise(alertAt(start + 4, { budget: { ...budget, organizationId: toId('o2') } }));
    await clock.advance(0);
    const heard = [...readers, administrator].map((reader) => reader.read().map(({ at }) => at - start));
    expect(heard).toEqual([[1, 2, 3], [2], [3], [1, 2, 3, 4]]);
  });
});
