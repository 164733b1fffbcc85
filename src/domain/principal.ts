import type { ApiKeyId, OrganizationId, TeamId, UserId } from './id.ts';

/** What a principal may do; `@auth(scopes)` in the SDL names them. */
export const scopes = {
  MODELS_READ: 'See models, providers, offers, prices and estimates.',
  COMPLETIONS_WRITE: 'Make, stream, resume and cancel completions.',
  EMBEDDINGS_WRITE: 'Make embeddings.',
  USAGE_READ: "See the usage and the calls of one's own key.",
  USAGE_READ_ALL: 'See the usage and the calls of the whole organization.',
  KEYS_MANAGE: 'Make, change and revoke API keys, users and budgets of the organization.',
  AUDIT_READ: 'See what was administered in the organization, and by whom.',
  ACT_FOR_USERS: 'Set the user a call is made for.',
  ADMIN: 'Everything, including organizations and teams.',
} as const satisfies Record<string, string>;

export type Scope = keyof typeof scopes;
export const allScopes: readonly Scope[] = Object.keys(scopes).filter((name): name is Scope => name in scopes);

/** Who asks: the owner of a credential that was found valid. */
export interface Principal {
  readonly kind: 'API_KEY';
  readonly organizationId: OrganizationId;
  readonly teamId: TeamId;
  readonly userId: UserId | null;
  readonly apiKeyId: ApiKeyId;
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
  /** Slugs or aliases the principal may ask for; null: all. */
  readonly allowedModels: readonly string[] | null;
  /** Milliseconds since 1970 at which the credential ends; null: never. */
  readonly expiresAt: number | null;
}

/** Wider scopes hold the narrower ones. */
const wider: Partial<Record<Scope, Scope>> = { USAGE_READ: 'USAGE_READ_ALL' };

/** ADMIN holds every scope. */
export function holdsScopes({ scopes: held }: Principal, needed: readonly Scope[]): boolean {
  return held.has('ADMIN') || needed.every((scope) => held.has(scope) || holdsWider(held, scope));
}

function holdsWider(held: ReadonlySet<Scope>, scope: Scope): boolean {
  const one = wider[scope];
  return one !== undefined && held.has(one);
}
