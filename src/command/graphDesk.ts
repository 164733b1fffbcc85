import { readAnswer } from './answer.ts';
import type { OpenDesk } from './desk.ts';
import { CommandFailure } from './failure.ts';

export interface GraphDeskSettings {
  /** Where the gateway listens, for instance `http://127.0.0.1:4000`. */
  readonly url: string;
  readonly adminKey: string;
}

const answerWithinMs = 30_000;

/** Asks a running gateway, as any client of its graph. */
export function createGraphDesk({ url, adminKey }: GraphDeskSettings): OpenDesk {
  const place = `by the gateway at ${url}`;

  async function post(body: string): Promise<unknown> {
    const response = await fetch(new URL('/graphql', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${adminKey}` },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(answerWithinMs),
    });
    return JSON.parse(await response.text());
  }

  return {
    place,
    async ask(query, variables = {}) {
      const answer = await post(JSON.stringify({ query, variables })).catch((thrown: unknown) => {
        throw new CommandFailure(explain(thrown, url));
      });
      return readAnswer(answer, place);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function explain(thrown: unknown, url: string): string {
  if (thrown instanceof SyntaxError) return `What answers at ${url} is no Modelgraph.`;
  if (thrown instanceof Error && thrown.name === 'TimeoutError')
    return `The gateway at ${url} did not answer within ${answerWithinMs / 1000} s. Whether it was done is not known: list, then decide.`;
  return `The gateway at ${url} does not answer. If it has ended, try again; else say where it can be reached with --url.`;
}
