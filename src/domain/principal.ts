import type { AddressRange } from './addressRange.ts';
import type { Budget } from './budget.ts';
import type { ApiKeyId, Holder, OrganizationId, TeamId, UserId } from './id.ts';
import type { KeyRules } from './keyRules.ts';

/** What a principal may do; `@auth(scopes)` in the SDL names them. */
export const scopes = {
  MODELS_READ: 'See models, providers, offers, prices and estimates.',
  COMPLETIONS_WRITE: 'Make, stream, resume and cancel completions.',
  EMBEDDINGS_WRITE: 'Make embeddings.',
  USAGE_READ: "See the usage and the calls of one's own key, or of oneself.",
  USAGE_READ_ALL: 'See the usage and the calls of the whole organization.',
  KEYS_MANAGE: 'Make, change and revoke API keys, users and budgets of the organization.',
  MODELS_MANAGE: 'Publish, roll back and delete aliases of the organization, and see their history.',
  ALERTS_READ: 'See the alerts of the organization.',
  AUDIT_READ: 'See what was administered in the organization, and by whom.',
  METRICS_READ: 'Read the metrics of the process, which tell of all organizations together.',
  ACT_FOR_USERS: 'Set the user a call is made for.',
  ADMIN: 'Everything, including organizations and teams.',
} as const satisfies Record<string, string>;

export type Scope = keyof typeof scopes;
export const allScopes: readonly Scope[] = Object.keys(scopes).filter((name): name is Scope => name in scopes);

/** API_KEY: a key of ours. USER: somebody an issuer of tokens vouches for. CLIENT_TOKEN: a short-lived token that acts under a key. */
export const principalKinds = ['API_KEY', 'USER', 'CLIENT_TOKEN'] as const;
export type PrincipalKind = (typeof principalKinds)[number];

/** Who asks: the owner of a credential that was found valid. */
export interface Principal {
  readonly kind: PrincipalKind;
  /** The key's, the user's or the token's own. */
  readonly id: string;
  readonly holder: Holder;
  readonly organizationId: OrganizationId;
  readonly teamId: TeamId;
  readonly userId: UserId | null;
  /** The key it is, or acts under; null: there is none. */
  readonly apiKeyId: ApiKeyId | null;
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
  /** Slugs or aliases the principal may ask for; null: all. */
  readonly allowedModels: readonly string[] | null;
  /** From where it may ask; null: from anywhere. */
  readonly allowedAddresses: readonly AddressRange[] | null;
  /** How its calls may be made; null: as it likes. */
  readonly rules: KeyRules | null;
  /** What its own credential limits, beside the budgets that cover its calls. */
  readonly limits: readonly Budget[];
  /** Milliseconds since 1970 at which the credential ends; null: never. */
  readonly expiresAt: number | null;
}

/** Wider scopes hold the narrower ones. */
const wider: Partial<Record<Scope, readonly Scope[]>> = { USAGE_READ: ['USAGE_READ_ALL'], ALERTS_READ: ['KEYS_MANAGE', 'USAGE_READ_ALL'] };

/** ADMIN holds every scope. */
export function holdsScopes({ scopes: held }: Principal, needed: readonly Scope[]): boolean {
  return held.has('ADMIN') || needed.every((scope) => held.has(scope) || holdsWider(held, scope));
}

function holdsWider(held: ReadonlySet<Scope>, scope: Scope): boolean {
  return wider[scope]?.some((one) => held.has(one)) ?? false;
}
