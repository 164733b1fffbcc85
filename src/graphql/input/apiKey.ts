import type { KeyRules } from '../../domain/keyRules.ts';
import type { Label } from '../../domain/label.ts';
import { mostOverlapSeconds } from '../../domain/tenancy.ts';
import type { ApiKeyQuery, ChangedApiKey, NewApiKey, OwnerQuery } from '../../gateway/administrationInput.ts';
import type {
  ApiKeyFilter,
  CreateApiKeyInput,
  KeyDirectivesInput,
  KeyLabelInput,
  RotateApiKeyInput,
  UpdateApiKeyInput,
} from '../generated/schemaTypes.ts';
import { readGlobalId } from '../globalId.ts';
import { checkName, invalid, readNumber, readText } from './check.ts';
import { toKeyRules } from './keyDirectives.ts';
import { readOrganization } from './organization.ts';

/** What the filters of keys and of budgets have in common. */
type OwnerFilter = Pick<ApiKeyFilter, 'organizationId' | 'teamId' | 'userId'>;

/** Throws INVALID_REQUEST, naming the path of what does not hold. */
export function toNewApiKey(input: CreateApiKeyInput, now: number): NewApiKey {
  if (input.scopes.length === 0) throw invalid('input.scopes', 'must not be empty.');
  checkModels(input.allowedModels);
  if (typeof input.expiresAt === 'number' && input.expiresAt <= now) throw invalid('input.expiresAt', 'is in the past.');
  return {
    teamId: readGlobalId('Team', input.teamId, 'input.teamId'),
    userId: typeof input.userId === 'string' ? readGlobalId('User', input.userId, 'input.userId') : null,
    name: checkName(input.name, 'input.name'),
    scopes: [...new Set(input.scopes)],
    allowedModels: input.allowedModels ?? null,
    allowedAddresses: input.allowedAddresses ?? null,
    labels: toLabels(input.labels),
    directives: toRules(input.directives),
    expiresAt: input.expiresAt ?? null,
  };
}

/** For what cannot be without a value, null is as if it were not given. Throws INVALID_REQUEST, naming the path of what does not hold. */
export function toChangedApiKey(input: UpdateApiKeyInput, now: number): ChangedApiKey {
  const { name, scopes, allowedModels, allowedAddresses, labels, directives, expiresAt, disabled } = input;
  if (scopes?.length === 0) throw invalid('input.scopes', 'must not be empty.');
  checkModels(allowedModels);
  if (typeof expiresAt === 'number' && expiresAt <= now) throw invalid('input.expiresAt', 'is in the past.');
  return {
    ...(typeof name === 'string' ? { name: checkName(name, 'input.name') } : {}),
    ...(scopes === null || scopes === undefined ? {} : { scopes: [...new Set(scopes)] }),
    ...(allowedModels === undefined ? {} : { allowedModels }),
    ...(allowedAddresses === undefined ? {} : { allowedAddresses }),
    ...(labels === undefined ? {} : { labels: toLabels(labels) }),
    ...(directives === undefined ? {} : { directives: toRules(directives) }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(typeof disabled === 'boolean' ? { disabled } : {}),
  };
}

function checkModels(models: readonly string[] | null | undefined): void {
  if (models?.length === 0) throw invalid('input.allowedModels', 'must not be empty; null allows all models.');
}

export function readOverlap({ overlapSeconds }: RotateApiKeyInput): number {
  return readNumber(overlapSeconds, 'input.overlapSeconds', { least: 0, most: mostOverlapSeconds }) ?? 0;
}

function toLabels(inputs: readonly KeyLabelInput[] | null | undefined): readonly Label[] {
  return (inputs ?? []).map(({ name, value }) => ({ name, value }));
}

function toRules(input: KeyDirectivesInput | null | undefined): KeyRules | null {
  return input === null || input === undefined ? null : toKeyRules(input, 'input.directives');
}

export function toApiKeyQuery(filter: ApiKeyFilter | null | undefined): ApiKeyQuery {
  const label = filter?.label;
  return {
    ...toOwnerQuery(filter),
    label:
      label === null || label === undefined
        ? null
        : { name: readText(label.name, 'filter.label.name', 64) ?? '', value: readText(label.value, 'filter.label.value', 256) },
  };
}

export function toOwnerQuery(filter: OwnerFilter | null | undefined): OwnerQuery {
  return {
    organizationId: readOrganization(filter?.organizationId, 'filter.organizationId'),
    teamId: typeof filter?.teamId === 'string' ? readGlobalId('Team', filter.teamId, 'filter.teamId') : null,
    userId: typeof filter?.userId === 'string' ? readGlobalId('User', filter.userId, 'filter.userId') : null,
  };
}
