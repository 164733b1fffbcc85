import type { Registry } from 'prom-client';
import { Gauge, Histogram } from 'prom-client';
import type { OpenThing, Telemetry } from '../ports/telemetry.ts';
import { createBoundedNames, createSeries } from './labels.ts';
import type { Tally } from './tally.ts';
import { createTallies } from './tally.ts';

/** From an answer of the simulation to a long one of a reasoning model. */
const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 20, 30, 60, 120];
const syncSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
/** Of a listing of thousands of models few are used; what is used beyond these shares one name. */
const mostModels = 200;
const nothing = 'NONE';

/** What is counted while the gateway works. Labels are names of the operator's and of closed lists: never a key, a user, a tag or a text. */
export function createWork(registry: Registry): Telemetry {
  const modelName = createBoundedNames(mostModels);
  const calls = callSeries(registry);
  const attempts = attemptSeries(registry);
  const refused = createTallies<[code: string]>(registry, {
    name: 'modelgraph_call_refusals_total',
    help: 'Calls that were refused before a provider was asked.',
    labelNames: ['code'],
  });
  const synced = syncSeries(registry);
  const told = createTallies<[outcome: string]>(registry, {
    name: 'modelgraph_webhook_deliveries_total',
    help: 'Tries to deliver an alert to a webhook, by what became of it: PENDING is tried again, FAILED is given up.',
    labelNames: ['outcome'],
  });
  for (const outcome of ['DELIVERED', 'PENDING', 'FAILED']) told(outcome);

  return {
    callEnded({ operation, provider, model, outcome, errorCode, durationMs, firstTokenMs, streamed }) {
      const [by, of] = [provider ?? nothing, model === null ? nothing : modelName(model)];
      calls.ended(operation, by, of, outcome, errorCode ?? nothing).add();
      const { duration, firstToken } = calls.times(operation, by, of);
      duration.observe(durationMs / 1000);
      // The first word of an answer that comes whole is its last.
      if (streamed && firstTokenMs !== null) firstToken.observe(firstTokenMs / 1000);
    },
    callsRefused: (code, count) => refused(code).add(count),
    attemptEnded(operation, { provider, model, outcome, errorCode, durationMs, usage, cost }) {
      attempts.ended(operation, provider, outcome, errorCode ?? nothing).add();
      attempts.duration(operation, provider).observe(durationMs / 1000);
      if (usage === null) return;
      const used = attempts.used(provider, modelName(model));
      addTokens(used.input, usage.inputTokens);
      addTokens(used.cachedInput, usage.cachedInputTokens);
      addTokens(used.cacheWrite, usage.cacheWriteTokens);
      addTokens(used.output, usage.outputTokens);
      addTokens(used.reasoning, usage.reasoningTokens);
      if (cost === null) used.unpriced.add();
      else used.dollars.add(Number(cost.total) / 1e9);
    },
    quotasSynced: (outcome, durationMs) => synced(outcome).observe(durationMs / 1000),
    webhookTold: (state) => told(state).add(),
    opened: openThings(registry),
  };
}

function callSeries(registry: Registry) {
  const registers = [registry];
  const served = ['operation', 'provider', 'model'] as const;
  const duration = new Histogram({
    name: 'modelgraph_call_duration_seconds',
    help: 'From the admission of a call to its end, all attempts together.',
    labelNames: served,
    buckets: seconds,
    registers,
  });
  const firstToken = new Histogram({
    name: 'modelgraph_call_first_token_seconds',
    help: 'From the admission of a streamed completion to the first word of its answer.',
    labelNames: served,
    buckets: seconds,
    registers,
  });
  return {
    ended: createTallies<[operation: string, provider: string, model: string, outcome: string, code: string]>(registry, {
      name: 'modelgraph_calls_total',
      help: 'Calls that have ended. Provider and model are those of the last attempt.',
      labelNames: [...served, 'outcome', 'code'],
    }),
    times: createSeries((operation: string, provider: string, model: string) => ({
      duration: duration.labels(operation, provider, model),
      firstToken: firstToken.labels(operation, provider, model),
    })),
  };
}

function attemptSeries(registry: Registry) {
  const registers = [registry];
  const offered = ['provider', 'model'] as const;
  const duration = new Histogram({
    name: 'modelgraph_attempt_duration_seconds',
    help: 'From the beginning of an attempt to its end.',
    labelNames: ['operation', 'provider'],
    buckets: seconds,
    registers,
  });
  const tokens = createTallies<[provider: string, model: string, kind: string]>(registry, {
    name: 'modelgraph_tokens_total',
    help: 'Billed tokens by kind. CACHED_INPUT and CACHE_WRITE are among INPUT, REASONING is among OUTPUT.',
    labelNames: [...offered, 'kind'],
  });
  const dollars = createTallies<[provider: string, model: string]>(registry, {
    name: 'modelgraph_cost_dollars_total',
    help: 'Cost of attempts, in dollars.',
    labelNames: offered,
  });
  const unpriced = createTallies<[provider: string, model: string]>(registry, {
    name: 'modelgraph_unpriced_attempts_total',
    help: 'Billed attempts whose cost is not known, for want of a price.',
    labelNames: offered,
  });
  return {
    ended: createTallies<[operation: string, provider: string, outcome: string, code: string]>(registry, {
      name: 'modelgraph_attempts_total',
      help: 'Attempts that have ended: each time that a provider was to serve a call.',
      labelNames: ['operation', 'provider', 'outcome', 'code'],
    }),
    duration: createSeries((operation: string, provider: string) => duration.labels(operation, provider)),
    used: createSeries((provider: string, model: string) => ({
      input: tokens(provider, model, 'INPUT'),
      cachedInput: tokens(provider, model, 'CACHED_INPUT'),
      cacheWrite: tokens(provider, model, 'CACHE_WRITE'),
      output: tokens(provider, model, 'OUTPUT'),
      reasoning: tokens(provider, model, 'REASONING'),
      dollars: dollars(provider, model),
      unpriced: unpriced(provider, model),
    })),
  };
}

/** Null is "not reported". */
function addTokens(tally: Tally, tokens: number | null): void {
  if (tokens !== null && tokens > 0) tally.add(tokens);
}

function syncSeries(registry: Registry) {
  const duration = new Histogram({
    name: 'modelgraph_quota_sync_duration_seconds',
    help: 'Exchanges with the store about what is left of budgets, by outcome.',
    labelNames: ['outcome'],
    buckets: syncSeconds,
    registers: [registry],
  });
  for (const outcome of ['SUCCEEDED', 'FAILED']) duration.zero({ outcome });
  return createSeries((outcome: string) => duration.labels(outcome));
}

function openThings(registry: Registry): Telemetry['opened'] {
  const registers = [registry];
  const sockets = new Gauge({ name: 'modelgraph_websockets', help: 'Open WebSockets.', registers });
  const subscriptions = new Gauge({
    name: 'modelgraph_subscriptions',
    help: 'Open subscriptions, streams of completions among them.',
    labelNames: ['transport'],
    registers,
  });
  const gauges = {
    WEBSOCKET: sockets,
    WEBSOCKET_SUBSCRIPTION: subscriptions.labels('WEBSOCKET'),
    EVENT_STREAM_SUBSCRIPTION: subscriptions.labels('EVENT_STREAM'),
  } as const satisfies Record<OpenThing, { inc(): void; dec(): void; set(value: number): void }>;
  for (const gauge of Object.values(gauges)) gauge.set(0);
  return (thing) => {
    let open = true;
    gauges[thing].inc();
    return () => {
      if (open) gauges[thing].dec();
      open = false;
    };
  };
}
