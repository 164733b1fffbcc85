import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import type { OpenedStore } from '../../src/store/store.ts';
import { openStore } from '../../src/store/store.ts';
import { createClock } from '../../src/system/clock.ts';
import type { Engine, TestDatabase } from '../support/database.ts';
import { createTestDatabase, engines, whyNot } from '../support/database.ts';
import { alertCases } from './store/alert.ts';
import { aliasCases } from './store/alias.ts';
import { apiKeyCases } from './store/apiKey.ts';
import { attemptCases } from './store/attempt.ts';
import { auditCases } from './store/audit.ts';
import { budgetCases } from './store/budget.ts';
import { changeCases } from './store/changes.ts';
import { clientTokenCases } from './store/clientToken.ts';
import { costCases } from './store/cost.ts';
import { idempotencyCases } from './store/idempotency.ts';
import { ledgerCases } from './store/ledger.ts';
import { quotaCases } from './store/quota.ts';
import { quotaLossCases } from './store/quotaLoss.ts';
import { quotaPruningCases } from './store/quotaPruning.ts';
import { slidingQuotaCases } from './store/slidingQuota.ts';
import { tenancyCases } from './store/tenancy.ts';
import { usageCases } from './store/usage.ts';

/** What every store must do, whatever keeps its rows. */
export function testStores(): void {
  for (const engine of engines) testStore(engine);
}

function testStore(engine: Engine): void {
  describe(`store on ${engine === 'EMBEDDED' ? 'PGlite' : 'PostgreSQL'}`, () => {
    let reason: string | null = null;
    let database: TestDatabase | undefined;
    let opened: OpenedStore | undefined;
    const store = (): OpenedStore => {
      if (opened === undefined) throw new Error('The store is not open.');
      return opened;
    };

    beforeAll(async () => {
      reason = await whyNot(engine);
      if (reason !== null) return;
      database = await createTestDatabase(engine);
      opened = await openStore({ location: database.location, clock: createClock() });
    }, 60_000);
    beforeEach((context) => {
      if (reason !== null) context.skip(reason);
    });
    afterAll(async () => {
      await opened?.[Symbol.asyncDispose]();
      await database?.[Symbol.asyncDispose]();
    }, 60_000);

    describe('tenancy', () => tenancyCases(store));
    describe('API keys', () => apiKeyCases(store));
    describe('aliases', () => aliasCases(store));
    describe('changes', () => changeCases(store));
    describe('the audit log', () => auditCases(store));
    describe('budgets', () => budgetCases(store));
    describe('client tokens', () => clientTokenCases(store));
    describe('quotas', () => quotaCases(store));
    describe('quotas that slide', () => slidingQuotaCases(store));
    describe('quotas of the past', () => quotaPruningCases(store));
    describe('quotas of replicas that are gone', () => quotaLossCases(store));
    describe('alerts', () => alertCases(store));
    describe('usage', () => usageCases(store));
    describe('attempts', () => attemptCases(store));
    describe('costs of providers', () => costCases(store));
    describe('the ledger', () => ledgerCases(store));
    describe('idempotency', () => idempotencyCases(store));
  });
}
