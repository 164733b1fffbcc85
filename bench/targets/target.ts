import type { AnswerOrder } from '../answer.ts';

/** What is measured: a gateway in its process, or the upstream without one. */
export interface Target extends AsyncDisposable {
  readonly name: TargetName;
  /** The gateway's process; null where no gateway stands between. */
  readonly pid: number | null;
  /** One call that is not streamed. Throws unless the whole right text came back. */
  complete(events: number): Promise<void>;
  /** One stream to its end, or until `signal` fires. Throws unless the whole right text, its usage and its end came. */
  stream(order: StreamOrder): Promise<StreamReading>;
}

export const targetNames = ['direct', 'Modelgraph, PostgreSQL', 'Modelgraph, PGlite', 'Portkey'] as const;
export type TargetName = (typeof targetNames)[number];

export interface StreamOrder extends AnswerOrder {
  readonly onFirstToken?: () => void;
  readonly signal?: AbortSignal;
}

export interface StreamReading {
  /** From the request's write to the read that held the first text. */
  readonly firstTokenMs: number;
  /** In how many messages (GraphQL) or reads (HTTP) the client got it. */
  readonly messages: number;
}

/** What each target needs to be opened. */
export interface Surroundings {
  readonly upstreamPort: number;
  /** The cores for the gateway, in taskset's words. */
  readonly gatewayCores: string;
}

export const left: StreamReading = { firstTokenMs: Number.NaN, messages: 0 };
