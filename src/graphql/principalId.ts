import { toId } from '../domain/id.ts';
import type { PrincipalKind } from '../domain/principal.ts';
import type { IdType } from './globalId.ts';
import { toGlobalId } from './globalId.ts';

const types = { API_KEY: 'ApiKey', USER: 'User', CLIENT_TOKEN: 'ClientToken' } as const satisfies Record<PrincipalKind, IdType>;

const typeNames: readonly string[] = Object.values(types);

/** The graph's id of whoever asks, or once asked. */
export function toPrincipalId(kind: PrincipalKind, id: string): string {
  return toGlobalId(types[kind], toId<never>(id));
}

/** Whether ids of this type are those of principals. */
export function isPrincipalType(type: string): boolean {
  return typeNames.includes(type);
}
