import type { JsonObject } from '../domain/json.ts';

/** Where a command's document is answered: by a running gateway, or here on the store. Either way it is the same graph. */
export interface Desk {
  /** The answer's data. Throws CommandFailure with the graph's own sentences. */
  ask(document: string, variables?: JsonObject): Promise<JsonObject>;
}

export interface OpenDesk extends Desk, AsyncDisposable {
  /** For people: what is acted on. */
  readonly place: string;
}
