import type { IncomingMessage } from 'node:http';

/** What most clients send: a POST with a document and its variables, and nothing that only Apollo Server knows, such as a persisted query. */
export interface PlainOperation {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly mediaType: string;
}

/** Null: Apollo Server is to say what becomes of the request. */
export function readPlainOperation({ method, headers }: IncomingMessage, body: unknown): PlainOperation | null {
  if (method !== 'POST' || !isRecord(body)) return null;
  const { query, operationName, variables, extensions } = body;
  if (typeof query !== 'string' || query === '' || !isAbsent(extensions)) return null;
  if (!isAbsent(operationName) && (typeof operationName !== 'string' || operationName === '')) return null;
  if (!isAbsent(variables) && !isRecord(variables)) return null;
  const mediaType = readMediaType(headers.accept);
  return mediaType === null ? null : { query, operationName: operationName ?? null, variables: variables ?? {}, mediaType };
}

const json = 'application/json; charset=utf-8';
const mediaTypes: Readonly<Record<string, string>> = {
  '*/*': json,
  'application/*': json,
  'application/json': json,
  'application/graphql-response+json': 'application/graphql-response+json; charset=utf-8',
};

/** The first of the media types that a client lists; null where it weighs them, or lists none of ours. */
function readMediaType(accept: string | undefined): string | null {
  if (accept === undefined) return json;
  const known = mediaTypes[accept];
  if (known !== undefined) return known;
  if (accept.includes(';')) return null;
  const first = accept.split(',').map((type) => mediaTypes[type.trim().toLowerCase()]);
  return first.find((type) => type !== undefined) ?? null;
}

function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
