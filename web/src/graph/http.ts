import type { GraphResult } from './result.ts';
import { failure, isRecord } from './result.ts';

/** One operation, as GraphQL over HTTP and GraphQL over WebSocket both write it. */
export interface GraphRequest {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export type Headers = Readonly<Record<string, string>>;

const accepted = 'application/graphql-response+json, application/json;q=0.9';

/** Posts one operation. It never throws: what fails on the way becomes a result with an error that says so. */
export async function post(url: string, request: GraphRequest, headers: Headers): Promise<GraphResult> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      credentials: 'omit',
      headers: { 'content-type': 'application/json', accept: accepted, ...headers },
      body: JSON.stringify(request),
    });
    return await readAnswer(response);
  } catch {
    return failure('The gateway could not be reached. Is it still running?');
  }
}

async function readAnswer(response: Response): Promise<GraphResult> {
  const answer: unknown = await response.json().catch(() => null);
  return isRecord(answer) ? answer : failure(`The gateway answered with HTTP status ${response.status} and no GraphQL result.`);
}
