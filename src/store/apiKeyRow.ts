import { toId } from '../domain/id.ts';
import type { JsonValue } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';
import type { Label, LabelQuery } from '../domain/label.ts';
import { allScopes } from '../domain/principal.ts';
import type { ApiKey } from '../domain/tenancy.ts';
import type { Row } from './database.ts';
import { readKeyRules, toKeyRulesJson } from './keyRulesJson.ts';
import { json, number, numberOrNull, text, textOrNull } from './row.ts';

/** What a key may do, as its columns have it: `scopes`, `allowed_models`, `allowed_addresses`, `labels` and `directives`, in this order. */
export function toJsonColumns({ scopes, allowedModels, allowedAddresses, labels, directives }: ApiKey): readonly (string | null)[] {
  return [
    JSON.stringify(scopes),
    allowedModels === null ? null : JSON.stringify(allowedModels),
    allowedAddresses === null ? null : JSON.stringify(allowedAddresses),
    JSON.stringify(labels),
    directives === null ? null : toKeyRulesJson(directives),
  ];
}

/** What the labels of a key contain that has this one. */
export function toLabelPattern({ name, value }: LabelQuery): string {
  return JSON.stringify([value === null ? { name } : { name, value }]);
}

export function toApiKey(row: Row): ApiKey {
  const userId = textOrNull(row, 'user_id');
  return {
    id: toId(text(row, 'id')),
    organizationId: toId(text(row, 'organization_id')),
    teamId: toId(text(row, 'team_id')),
    userId: userId === null ? null : toId(userId),
    name: text(row, 'name'),
    prefix: text(row, 'prefix'),
    lastFour: text(row, 'last_four'),
    // A scope that this version does not know grants nothing.
    scopes: allScopes.filter((scope) => texts(json(row, 'scopes')).includes(scope)),
    allowedModels: row['allowed_models'] === null ? null : texts(json(row, 'allowed_models')),
    allowedAddresses: row['allowed_addresses'] === null ? null : texts(json(row, 'allowed_addresses')),
    labels: labelsOf(json(row, 'labels')),
    directives: row['directives'] === null ? null : readKeyRules(json(row, 'directives')),
    createdAt: number(row, 'created_at'),
    expiresAt: numberOrNull(row, 'expires_at'),
    revokedAt: numberOrNull(row, 'revoked_at'),
    disabledAt: numberOrNull(row, 'disabled_at'),
  };
}

/** Keys of before there were labels have null. */
function labelsOf(value: JsonValue): readonly Label[] {
  const labels = Array.isArray(value) ? value.filter(isJsonObject) : [];
  return labels.map(({ name, value }) => ({ name: String(name), value: String(value) }));
}

function texts(value: JsonValue): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
