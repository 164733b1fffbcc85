import type { OrganizationId } from '../../domain/id.ts';
import { readGlobalId } from '../globalId.ts';

/** Null, where none is given, is the caller's own. Throws INVALID_REQUEST. */
export function readOrganization(id: string | null | undefined, path: string): OrganizationId | null {
  return id === null || id === undefined ? null : readGlobalId('Organization', id, path);
}
