import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Principal } from '../domain/principal.ts';

/** One HTTP request and its answer. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  /** For every answer to it. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers an exchange. */
export type Handler = (exchange: Exchange) => Promise<void>;

/** What is known of a request once it has been read. */
export interface Asked {
  readonly principal: Principal | null;
  /** The client's; null where the connection has none. */
  readonly address: string | null;
  /** The parsed JSON of a POST; undefined for a GET, whose query string says it all. */
  readonly body: unknown;
  readonly search: string;
}
