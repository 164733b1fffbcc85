declare const brand: unique symbol;

/** A string that only its maker may call by this name, so that a team's id is never passed where a key's is meant. */
export type Branded<Name extends string> = string & { readonly [brand]: Name };

export type OrganizationId = Branded<'OrganizationId'>;
export type TeamId = Branded<'TeamId'>;
export type UserId = Branded<'UserId'>;
export type ApiKeyId = Branded<'ApiKeyId'>;
export type ClientTokenId = Branded<'ClientTokenId'>;
export type BudgetId = Branded<'BudgetId'>;
export type AuditEntryId = Branded<'AuditEntryId'>;
export type AlertId = Branded<'AlertId'>;
/** A name of an organization's: `organization/name`. */
export type AliasId = Branded<'AliasId'>;
/** Whose calls these are; made by `domain/holder.ts`. */
export type Holder = Branded<'Holder'>;
export type ReplicaId = Branded<'ReplicaId'>;
/** A call's id: uuidv7, made by the gateway; the id of its completion, its ledger row and its events. */
export type CompletionId = Branded<'CompletionId'>;
/** A configured provider, for instance `openai`; lower case. */
export type ProviderId = Branded<'ProviderId'>;
/** What is asked for: `vendor/name[:variant]`. */
export type ModelSlug = Branded<'ModelSlug'>;
/** One provider's way of serving a model: `provider/slug`. */
export type OfferId = Branded<'OfferId'>;

type AnyId =
  | OrganizationId
  | TeamId
  | UserId
  | ApiKeyId
  | BudgetId
  | ClientTokenId
  | AuditEntryId
  | AlertId
  | AliasId
  | Holder
  | ReplicaId
  | CompletionId
  | ProviderId
  | ModelSlug
  | OfferId;

/** Names a text as an id. To be called only where an id is made, or read back from where it was written. */
export function toId<Id extends AnyId>(text: string): Id {
  // A brand exists only for the compiler: this is the one place that grants it.
  return text as Id;
}
