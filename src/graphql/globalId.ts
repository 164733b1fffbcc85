import { GatewayError } from '../domain/errors.ts';
import type {
  AlertId,
  AliasId,
  ApiKeyId,
  AuditEntryId,
  BudgetId,
  ClientTokenId,
  CompletionId,
  ModelSlug,
  OfferId,
  OrganizationId,
  ProviderId,
  TeamId,
  UserId,
} from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import { isPlain } from '../domain/name.ts';

/** The types whose ids the graph hands out and takes back, and what their ids are below the graph. */
interface IdByType {
  readonly Alert: AlertId;
  readonly Alias: AliasId;
  readonly ApiKey: ApiKeyId;
  readonly AuditEntry: AuditEntryId;
  readonly Budget: BudgetId;
  readonly ClientToken: ClientTokenId;
  readonly Completion: CompletionId;
  readonly Embeddings: CompletionId;
  readonly Model: ModelSlug;
  readonly Offer: OfferId;
  readonly Organization: OrganizationId;
  readonly Provider: ProviderId;
  readonly Team: TeamId;
  readonly User: UserId;
}
export type IdType = keyof IdByType;

/** An id of the graph: `type:id` in base64url, so that it is unique over all types and nobody builds on its parts. */
export function toGlobalId<Type extends IdType>(type: Type, id: IdByType[Type]): string {
  return Buffer.from(`${type}:${id}`).toString('base64url');
}

/** The type and the id below it; null when the text is no id of the graph. */
export function splitGlobalId(text: string): { readonly type: string; readonly id: string } | null {
  const decoded = Buffer.from(text, 'base64url').toString();
  const colon = decoded.indexOf(':');
  return colon <= 0 || colon === decoded.length - 1 || !isPlain(decoded)
    ? null
    : { type: decoded.slice(0, colon), id: decoded.slice(colon + 1) };
}

/** Reads an argument that is the id of one type. `path` names the argument. Throws INVALID_REQUEST. */
export function readGlobalId<Type extends IdType>(type: Type, text: string, path: string): IdByType[Type] {
  const parts = splitGlobalId(text);
  if (parts === null || parts.type !== type) {
    throw new GatewayError('INVALID_REQUEST', `${path}: this is not the id of ${withArticle(type)}.`, { details: { path } });
  }
  return toId<IdByType[Type]>(parts.id);
}

function withArticle(type: IdType): string {
  return /^[AEIO]/.test(type) ? `an ${type}` : `a ${type}`;
}
