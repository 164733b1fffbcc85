import type { ExecutionResult } from 'graphql';
import type { Principal } from '../../src/domain/principal.ts';
import type { EventCursor } from '../../src/gateway/cursor.ts';
import type { Gateway } from '../../src/gateway/gateway.ts';
import type { GraphSettings } from '../../src/graphql/createGraph.ts';
import { createGraph, createSchema } from '../../src/graphql/createGraph.ts';
import type { GraphOperation } from '../../src/graphql/graph.ts';
import type { LogFields } from '../../src/ports/log.ts';
import { createManualClock } from './manualClock.ts';
import { sdl } from './sdl.ts';
import { principalWith } from './things.ts';

export interface Request {
  readonly source: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Default: ADMIN. */
  readonly principal?: Principal | null;
  readonly signal?: AbortSignal;
  readonly operationName?: string;
}

/** Both ways of executing: they must answer alike. */
export const executors = [{ jit: true }, { jit: false }] as const;

/** A graph over a gateway, asked as a transport asks it; what it logged as errors stands in `logged`. */
export function createGraphClient(gateway: Gateway, settings: GraphSettings = {}) {
  const logged: LogFields[] = [];
  const log = {
    debug() {},
    info() {},
    warn() {},
    error: (_message: string, fields: LogFields = {}) => void logged.push(fields),
    with: () => log,
  };
  const graph = createGraph({ schema: createSchema(sdl), gateway, clock: createManualClock(), log }, settings);
  const prepare = ({ source, variables = {}, principal = principalWith('ADMIN'), signal, operationName }: Request) => {
    const document = graph.prepare(source, principal);
    const context = graph.context({
      principal,
      requestId: 'request-1',
      address: '192.0.2.1',
      signal: signal ?? new AbortController().signal,
    });
    if (!('kind' in document)) return { errors: document };
    const operation: GraphOperation = { document, operationName: operationName ?? null, variables };
    return { operation, context };
  };
  const trySubscribe = async (request: Request): Promise<EventCursor<ExecutionResult> | ExecutionResult> => {
    const prepared = prepare(request);
    return 'errors' in prepared ? prepared : graph.subscribe(prepared.operation, prepared.context);
  };
  return {
    graph,
    logged,
    /** As clients see it: written as JSON and read again. */
    async ask(request: Request): Promise<Answer> {
      const prepared = prepare(request);
      return asJson('errors' in prepared ? prepared : await graph.execute(prepared.operation, prepared.context));
    },
    trySubscribe,
    async subscribe(request: Request): Promise<EventCursor<ExecutionResult>> {
      const answer = await trySubscribe(request);
      if ('read' in answer) return answer;
      throw new Error(`Subscribing failed: ${JSON.stringify(answer)}`);
    },
  };
}

/** Loosely typed on purpose: a test says what it expects of the whole. */
export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the document's, which only the test knows
  readonly data?: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

export function asJson(value: unknown): Answer {
  return JSON.parse(JSON.stringify(value));
}
