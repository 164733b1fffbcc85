import type { JsonObject } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';
import type { Desk } from './desk.ts';

export interface ListQuestion {
  /** The connection of Query. */
  readonly field: string;
  readonly selection: string;
  /** The field's `filter` and its type; null: it has none. */
  readonly filter: { readonly type: string; readonly value: JsonObject } | null;
}

/** Every node of a connection, over all its pages. */
export async function listAll(desk: Desk, { field, selection, filter }: ListQuestion): Promise<readonly JsonObject[]> {
  const [variable, argument] = filter === null ? ['', ''] : [`, $filter: ${filter.type}`, ', filter: $filter'];
  const document = `query ($after: String${variable}) { ${field}(first: 100, after: $after${argument}) { nodes { ${selection} } pageInfo { hasNextPage endCursor } } }`;
  const nodes: JsonObject[] = [];
  let after: string | null = null;
  for (;;) {
    const data: JsonObject = await desk.ask(document, { after, ...(filter === null ? {} : { filter: filter.value }) });
    const page = objectAt(data, field);
    const found = page['nodes'];
    if (Array.isArray(found)) nodes.push(...found.filter(isJsonObject));
    const { hasNextPage, endCursor } = objectAt(page, 'pageInfo');
    if (hasNextPage !== true || typeof endCursor !== 'string') return nodes;
    after = endCursor;
  }
}

/** Throws where a document and what is read of its answer do not fit: a fault of ours. */
export function objectAt(data: JsonObject, name: string): JsonObject {
  const value = data[name];
  if (isJsonObject(value)) return value;
  throw new Error(`The answer has no ${name}.`);
}
