import { mostOverlapSeconds } from '../../domain/tenancy.ts';
import type { ApiKeyQuery, ChangedApiKey, NewApiKey } from '../../gateway/administrationInput.ts';
import type { ApiKeyFilter, CreateApiKeyInput, RotateApiKeyInput, UpdateApiKeyInput } from '../generated/schemaTypes.ts';
import { readGlobalId } from '../globalId.ts';
import { invalid, readName, readNumber } from './check.ts';
import { readOrganization } from './organization.ts';

/** Throws INVALID_REQUEST, naming the path of what does not hold. */
export function toNewApiKey(input: CreateApiKeyInput, now: number): NewApiKey {
  if (input.scopes.length === 0) throw invalid('input.scopes', 'must not be empty.');
  if (typeof input.expiresAt === 'number' && input.expiresAt <= now) throw invalid('input.expiresAt', 'is in the past.');
  return {
    teamId: readGlobalId('Team', input.teamId, 'input.teamId'),
    userId: typeof input.userId === 'string' ? readGlobalId('User', input.userId, 'input.userId') : null,
    name: readName(input.name, 'input.name'),
    scopes: [...new Set(input.scopes)],
    allowedModels: input.allowedModels ?? null,
    expiresAt: input.expiresAt ?? null,
  };
}

/** For what cannot be without a value, null is as if it were not given. Throws INVALID_REQUEST, naming the path of what does not hold. */
export function toChangedApiKey(input: UpdateApiKeyInput, now: number): ChangedApiKey {
  const { name, scopes, allowedModels, expiresAt, disabled } = input;
  if (scopes?.length === 0) throw invalid('input.scopes', 'must not be empty.');
  if (typeof expiresAt === 'number' && expiresAt <= now) throw invalid('input.expiresAt', 'is in the past.');
  return {
    ...(typeof name === 'string' ? { name: readName(name, 'input.name') } : {}),
    ...(scopes === null || scopes === undefined ? {} : { scopes: [...new Set(scopes)] }),
    ...(allowedModels === undefined ? {} : { allowedModels }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(typeof disabled === 'boolean' ? { disabled } : {}),
  };
}

export function readOverlap({ overlapSeconds }: RotateApiKeyInput): number {
  return readNumber(overlapSeconds, 'input.overlapSeconds', { least: 0, most: mostOverlapSeconds }) ?? 0;
}

export function toApiKeyQuery(filter: ApiKeyFilter | null | undefined): ApiKeyQuery {
  return {
    organizationId: readOrganization(filter?.organizationId, 'filter.organizationId'),
    teamId: typeof filter?.teamId === 'string' ? readGlobalId('Team', filter.teamId, 'filter.teamId') : null,
    userId: typeof filter?.userId === 'string' ? readGlobalId('User', filter.userId, 'filter.userId') : null,
  };
}
