import { expect } from 'vitest';
import { eventFields, gapless, readStream, sequencesOf, terminalOf, textOf } from './completionEvents.ts';
import type { Act, FaultyProvider } from './faultyProvider.ts';
import { startFaultyProvider } from './faultyProvider.ts';
import type { GatewayProcess } from './gatewayProcess.ts';
import { startGateway } from './gatewayProcess.ts';
import type { GraphPlace } from './httpGraph.ts';
import { ask, askWell } from './httpGraph.ts';
import { openStreamClient } from './streamClient.ts';

/** How a model's providers answer; the backup is dearer, so it is asked second. */
export interface Fault {
  readonly primary: Act;
  readonly backup?: Act;
}

export interface Call {
  readonly text: string | null;
  readonly finishReason: string | null;
  readonly usage: { readonly inputTokens: number | null; readonly outputTokens: number | null; readonly basis: string };
  readonly cost: { readonly total: string } | null;
  readonly attempts: readonly {
    readonly provider: string;
    readonly outcome: string;
    readonly errorCode: string | null;
    readonly cost: { readonly total: string } | null;
  }[];
}

/** A call as its caller saw it. */
export interface Seen {
  readonly completion: Call | null;
  readonly error: { readonly code: string; readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> } | null;
  readonly durationMs: number;
  /** Of a stream: the text put together from its events. */
  readonly streamedText: string | null;
}

export interface Asking {
  readonly timeout?: object;
  readonly onReroute?: 'REPLACE';
}

/** A gateway whose limits are shorter by a factor than those of a public bench, before providers whose faults are written by a test. */
export interface FaultyWorld extends AsyncDisposable {
  readonly provider: FaultyProvider;
  readonly gateway: GatewayProcess;
  mutate(model: string, asking?: Asking): Promise<Seen>;
  stream(model: string, asking?: Asking): Promise<Seen>;
  /** Subscribes and leaves after this many events. */
  leave(model: string, events: number): Promise<void>;
  /** What the graph says of an offer. */
  state(
    model: string,
  ): Promise<readonly { readonly slug: string; readonly health: { readonly state: string; readonly errorRate: number | null } }[]>;
}

export async function startFaultyWorld(faults: Readonly<Record<string, Fault>>, scale: number): Promise<FaultyWorld> {
  const provider = await startFaultyProvider((name, model) => (name === 'backup' ? faults[model]?.backup : faults[model]?.primary));
  const gateway = await startGateway({ config: configOf(faults, provider, scale) });
  const admin: GraphPlace = { graphUrl: gateway.graphUrl, key: gateway.adminKey };
  const client = openStreamClient(admin);
  const variablesOf = (model: string, { timeout = {}, ...input }: Asking) => ({ input: { ...inputOf(model), ...input }, timeout });

  return {
    provider,
    gateway,
    async mutate(model, asking = {}) {
      const since = performance.now();
      const { data, errors } = await ask(admin, mutation, { variables: variablesOf(model, asking) });
      const [error] = errors ?? [];
      const seen = { durationMs: performance.now() - since, streamedText: null };
      if (error === undefined) return { completion: data.createCompletion, error: null, ...seen };
      return {
        completion: null,
        error: { message: error.message, code: String(error.extensions['code']), extensions: error.extensions },
        ...seen,
      };
    },
    async stream(model, asking = {}) {
      const since = performance.now();
      const events = await readStream(client, { query: subscription, variables: variablesOf(model, asking) });
      const { completion, error } = terminalOf(events);
      expect(sequencesOf(events)).toEqual(gapless(events.length));
      return { completion, error: error ?? null, durationMs: performance.now() - since, streamedText: textOf(events) };
    },
    async leave(model, count) {
      let events = 0;
      for await (const _event of client.iterate({ query: subscription, variables: variablesOf(model, {}) })) {
        if (++events >= count) return;
      }
    },
    async state(model) {
      const document = 'query ($slug: ModelId!) { model(slug: $slug) { offers { slug health { state errorRate } } } }';
      return (await askWell(admin, document, { slug: `own/${model}` })).model.offers;
    },
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]();
      await gateway[Symbol.asyncDispose]();
      await provider[Symbol.asyncDispose]();
    },
  };
}

function configOf(faults: Readonly<Record<string, Fault>>, { url }: FaultyProvider, scale: number) {
  const cap = { maxOutputTokens: 100 };
  const models = Object.entries(faults).map(([model, { backup }]) => {
    const primary = { provider: 'primary', model, price: { input: '1', output: '1' }, ...cap };
    const second = { provider: 'backup', model, price: { input: '2', output: '2' }, ...cap };
    return [`own/${model}`, { offers: backup === undefined ? [primary] : [primary, second] }] as const;
  });
  return {
    providers: {
      primary: { baseUrl: url('primary'), apiKey: 'key', discover: false },
      backup: { baseUrl: url('backup'), apiKey: 'key', discover: false },
    },
    models: Object.fromEntries(models),
    defaults: {
      timeouts: { firstTokenMs: 30_000 / scale, idleMs: 10_000 / scale, totalMs: 120_000 / scale },
      backoffMs: 500 / scale,
      breaker: { failures: 5, openMs: 5000 / scale },
    },
  };
}

function inputOf(model: string) {
  return { model: `own/${model}`, messages: [{ role: 'USER', content: 'Count.' }], maxOutputTokens: 100 };
}

const fields =
  'text finishReason usage { inputTokens outputTokens basis } cost { total } attempts { provider outcome errorCode cost { total } }';
const mutation = `mutation ($input: CompletionInput!, $timeout: TimeoutInput) { createCompletion(input: $input, timeout: $timeout) { ${fields} } }`;
const subscription = `subscription ($input: CompletionInput!, $timeout: TimeoutInput) {
  completionStream(input: $input, timeout: $timeout) { ${eventFields} }
} fragment Ending on Completion { ${fields} }`;
