import type { Answer } from './graphClient.ts';
import { asJson } from './graphClient.ts';

/** Where a gateway answers, and who asks. */
export interface GraphPlace {
  readonly graphUrl: string;
  readonly key: string | null;
}

/** Asks as a program asks: one POST, answered in JSON. */
export async function ask(
  { graphUrl, key }: GraphPlace,
  query: string,
  { variables = {}, signal }: { readonly variables?: Readonly<Record<string, unknown>>; readonly signal?: AbortSignal } = {},
): Promise<Answer> {
  const response = await fetch(graphUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === null ? {} : { authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ query, variables }),
    ...(signal === undefined ? {} : { signal }),
  });
  return asJson(await response.json());
}

/** The data of an answer that must be without errors. */
export async function askWell(
  place: GraphPlace,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Answer['data']> {
  const { data, errors } = await ask(place, query, { variables });
  if (errors !== undefined) throw new Error(`The graph answered errors: ${JSON.stringify(errors)}`);
  return data;
}

/** The code of an answer's one error; null where it has none. */
export function codeOf({ errors }: Answer): unknown {
  return errors?.[0]?.extensions['code'] ?? null;
}

/** A key of the default team with these scopes. */
export async function createKey(admin: GraphPlace, scopes: readonly string[]): Promise<GraphPlace & { readonly id: string }> {
  const { viewer } = await askWell(admin, '{ viewer { team { id } } }');
  const { createApiKey } = await askWell(
    admin,
    'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret apiKey { id } } }',
    { input: { teamId: viewer.team.id, name: 'test', scopes } },
  );
  return { graphUrl: admin.graphUrl, key: createApiKey.secret, id: createApiKey.apiKey.id };
}
