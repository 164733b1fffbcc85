import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../src/domain/errors.ts';
import { toId } from '../../src/domain/id.ts';
import { noUsage } from '../../src/domain/usage.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { finished, started, text, whole } from '../support/fakeAdapter.ts';
import type { HouseSettings } from '../support/house.ts';
import { house } from '../support/house.ts';
import { nonZero, readSamples } from '../support/metricsPage.ts';

/** A house that is measured, and what its page says of our own metrics but for what runs. */
function measured(settings: HouseSettings = {}) {
  const metrics = createMetrics({ version: '1.2.3' });
  const world = house({ ...settings, telemetry: metrics.telemetry });
  const page = async () => (await metrics.read(world.gateway.vitals())).text;
  const told = async () => {
    const { 'modelgraph_build_info 1.2.3': _, ...series } = nonZero(await page(), 'modelgraph_');
    return series;
  };
  return { ...world, page, told };
}

const embedded = { vectors: [Float32Array.of(1)], usage: { ...noUsage, inputTokens: 100, outputTokens: 0 }, providerRequestId: null };
const away = () => new GatewayError('UPSTREAM_UNAVAILABLE', 'Away.');
const atRest = { modelgraph_ledger_accepting: 1 };

describe('a page of metrics', () => {
  it('says before any call what is, and nothing of calls', async () => {
    const { page, told } = measured();
    expect(await told()).toEqual(atRest);
    expect(nonZero(await page(), 'modelgraph_build')).toEqual({ 'modelgraph_build_info 1.2.3': 1 });
  });

  it('says of a completion what it was, what it took and what it cost, and no more', async () => {
    const { complete, catalog, told } = measured();
    catalog.one.answer({ waitMs: 250 }, whole('Hello.'));
    await complete();
    expect(await told()).toEqual({
      ...atRest,
      'modelgraph_calls_total COMPLETION one acme/chat SUCCEEDED NONE': 1,
      'modelgraph_call_duration_seconds_count COMPLETION one acme/chat': 1,
      'modelgraph_call_duration_seconds_sum COMPLETION one acme/chat': 0.25,
      'modelgraph_attempts_total COMPLETION one SUCCEEDED NONE': 1,
      'modelgraph_attempt_duration_seconds_count COMPLETION one': 1,
      'modelgraph_attempt_duration_seconds_sum COMPLETION one': 0.25,
      'modelgraph_tokens_total one acme/chat INPUT': 10,
      'modelgraph_tokens_total one acme/chat OUTPUT': 5,
      'modelgraph_cost_dollars_total one acme/chat': 0.000_03,
    });
  });

  it('says of an embedding the same, under its own operation', async () => {
    const { embed, catalog, told } = measured();
    catalog.one.embedded(embedded);
    await embed({});
    expect(await told()).toEqual({
      ...atRest,
      'modelgraph_calls_total EMBEDDING one acme/embed SUCCEEDED NONE': 1,
      'modelgraph_call_duration_seconds_count EMBEDDING one acme/embed': 1,
      'modelgraph_attempts_total EMBEDDING one SUCCEEDED NONE': 1,
      'modelgraph_attempt_duration_seconds_count EMBEDDING one': 1,
      'modelgraph_tokens_total one acme/embed INPUT': 100,
      'modelgraph_cost_dollars_total one acme/embed': 0.0001,
    });
  });

  it('has the first token of streams alone', async () => {
    const { stream, complete, catalog, page } = measured();
    catalog.one.answer({ waitMs: 30 }, [started, text('Hello')], { waitMs: 1000 }, finished(10, 5));
    await stream();
    catalog.one.answer({ waitMs: 5000 }, whole('Hello.'));
    await complete();
    const first = nonZero(await page(), 'modelgraph_call_first_token_seconds');
    expect(first).toEqual({
      'modelgraph_call_first_token_seconds_count COMPLETION one acme/chat': 1,
      'modelgraph_call_first_token_seconds_sum COMPLETION one acme/chat': 0.03,
    });
  });

  it('counts a failed attempt for its provider, and the call for the one that served it', async () => {
    const { complete, catalog, page } = measured();
    catalog.one.answer(away());
    catalog.two.answer(whole('Hello.'));
    await complete();
    expect(nonZero(await page(), 'modelgraph_calls_total')).toEqual({
      'modelgraph_calls_total COMPLETION two acme/chat SUCCEEDED NONE': 1,
    });
    expect(nonZero(await page(), 'modelgraph_attempts_total')).toEqual({
      'modelgraph_attempts_total COMPLETION one FAILED UPSTREAM_UNAVAILABLE': 1,
      'modelgraph_attempts_total COMPLETION two SUCCEEDED NONE': 1,
    });
  });

  it('counts a call whose end could not be written down as unknown', async () => {
    const { complete, catalog, ledger, page } = measured();
    catalog.one.answer(whole('Hello.'));
    ledger.broken = true;
    await expect(complete()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(nonZero(await page(), 'modelgraph_calls_total')).toEqual({
      'modelgraph_calls_total COMPLETION one acme/chat UNKNOWN OUTCOME_UNKNOWN': 1,
    });
  });

  it('tells an unknown cost from none', async () => {
    const { complete, catalog, page } = measured();
    catalog.change('acme/chat', ({ price }) => ({ price: { ...price, input: null, output: null } }));
    catalog.one.answer(whole('Hello.'));
    await complete();
    expect(nonZero(await page(), 'modelgraph_unpriced_attempts_total')).toEqual({ 'modelgraph_unpriced_attempts_total one acme/chat': 1 });
    expect(nonZero(await page(), 'modelgraph_cost_dollars_total')).toEqual({});
  });

  it('counts what is refused before a provider is asked by its code, once a call', async () => {
    const { complete, embed, page } = measured({ maxInFlight: 0 });
    await expect(complete()).rejects.toMatchObject({ code: 'OVERLOADED' });
    await expect(embed({}, {})).rejects.toMatchObject({ code: 'OVERLOADED' });
    const roomy = measured();
    await expect(roomy.complete({ model: 'acme/none' })).rejects.toMatchObject({ code: 'UNKNOWN_MODEL' });
    expect(await roomy.embed({ model: 'acme/none' })).toMatchObject([{ code: 'UNKNOWN_MODEL' }]);
    const limited = measured({ budgets: [{ meter: 'REQUESTS', limit: 0n }] });
    await expect(limited.complete()).rejects.toMatchObject({ code: 'QUOTA_EXHAUSTED' });
    const refusals = await Promise.all([page(), roomy.page(), limited.page()].map(async (read) => nonZero(await read, 'modelgraph_call')));
    expect(refusals).toEqual([
      { 'modelgraph_call_refusals_total OVERLOADED': 3 },
      { 'modelgraph_call_refusals_total UNKNOWN_MODEL': 2 },
      { 'modelgraph_call_refusals_total QUOTA_EXHAUSTED': 1 },
    ]);
  });

  it('shows what a running call holds, and that nothing is held afterwards', async () => {
    const { start, catalog, clock, told } = measured({ budgets: [{}] });
    catalog.one.answer([started], { waitMs: 1000 }, finished(10, 5));
    const { answer } = await clock.until(start());
    const running = await told();
    expect(running).toMatchObject({ modelgraph_calls_in_flight: 1, modelgraph_quota_leases: 1, modelgraph_quota_leases_held: 1 });
    expect(running['modelgraph_quota_sync_duration_seconds_count SUCCEEDED']).toBeGreaterThan(0);
    await clock.until(answer);
    const over = await told();
    expect(over).toMatchObject({ modelgraph_quota_leases: 1 });
    expect(over).not.toHaveProperty('modelgraph_calls_in_flight');
    expect(over).not.toHaveProperty('modelgraph_quota_leases_held');
  });

  it('shows that budgets cannot be synced', async () => {
    const { complete, catalog, store, page } = measured({ budgets: [{}] });
    store.quotas.sync = () => Promise.reject(new GatewayError('STORE_UNAVAILABLE', 'Away.'));
    catalog.one.answer(whole('Hello.'));
    await expect(complete()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(nonZero(await page(), 'modelgraph_quota_sync_duration_seconds_count')).toEqual({
      'modelgraph_quota_sync_duration_seconds_count FAILED': 1,
    });
  });

  it('shows the breaker of an offer that keeps failing', async () => {
    const { complete, catalog, clock, page } = measured({ attempts: 2 });
    for (const _ of Array.from({ length: 5 })) {
      catalog.one.answer(away());
      catalog.two.answer(whole('Hello.'));
      await complete();
    }
    const breakers = async () =>
      readSamples(await page())
        .filter(({ name }) => name === 'modelgraph_offer_breaker_state')
        .map(({ labels, value }) => [labels['provider'], labels['model'], value]);
    expect(await breakers()).toEqual([
      ['one', 'acme/chat', 2],
      ['two', 'acme/chat', 0],
    ]);
    await clock.advance(5000);
    expect(await breakers()).toContainEqual(['one', 'acme/chat', 1]);
  });

  it('shows that the ledger takes no calls', async () => {
    const { ledger, told } = measured();
    ledger.refusing = true;
    expect(await told()).toEqual({});
  });

  it('names the first two hundred models, and the others together', async () => {
    const metrics = createMetrics({ version: '1.2.3' });
    const { complete, catalog, ledger, gateway } = house();
    catalog.one.answer(whole('Hello.'));
    await complete();
    const [event] = ledger.ended;
    if (event === undefined) throw new Error('The call was not booked.');
    for (let number = 0; number < 250; number++) metrics.telemetry.callEnded({ ...event, model: toId(`acme/${number}`) });
    const calls = Object.entries(nonZero((await metrics.read(gateway.vitals())).text, 'modelgraph_calls_total'));
    expect(calls).toHaveLength(201);
    expect(calls.at(-1)).toEqual(['modelgraph_calls_total COMPLETION one other SUCCEEDED NONE', 50]);
  });

  it('names nobody: no key, no user, no tag, no text', async () => {
    const { complete, catalog, page } = measured();
    const names = ['who-called', 'a-tag', 'tag-value', 'Prompted', 'Answered'];
    catalog.one.answer(whole('Answered'));
    await complete({ endUser: 'who-called', tags: [{ name: 'a-tag', value: 'tag-value' }] });
    const ours = readSamples(await page()).filter(({ name }) => name.startsWith('modelgraph_'));
    for (const name of names) expect(JSON.stringify(ours)).not.toContain(name);
    const labels = new Set(ours.flatMap((sample) => Object.keys(sample.labels)));
    expect(labels).toEqual(new Set(['version', 'operation', 'provider', 'model', 'outcome', 'code', 'kind', 'le', 'transport']));
  });
});

describe('the names of metrics', () => {
  it('say the unit, and of counters that they only grow', async () => {
    const { page } = measured();
    const types = [...(await page()).matchAll(/^# TYPE (modelgraph_\w+) (\w+)$/gm)].map(([, name = '', type = '']) => ({ name, type }));
    expect(types.length).toBeGreaterThan(15);
    for (const { name, type } of types) {
      expect(name.endsWith('_total'), name).toBe(type === 'counter');
      if (type === 'histogram') expect(name).toMatch(/_seconds$/);
    }
  });
});
