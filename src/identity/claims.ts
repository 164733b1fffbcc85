import { GatewayError } from '../domain/errors.ts';
import type { UserId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import { isPlain } from '../domain/name.ts';
import type { Scope } from '../domain/principal.ts';
import { unplaced } from '../domain/unplaced.ts';
import type { ClaimRule, IssuerSettings, ScopeRule, VouchedUser } from '../ports/issuer.ts';

/** A token's claims set, as it came. */
export type Claims = Readonly<Record<string, unknown>>;

const mostLength = 200;

/** A user in our words, by the issuer's rules. Throws UNAUTHENTICATED where the token does not name one, FORBIDDEN where it does not say of what. */
export function readUser(settings: IssuerSettings, claims: Claims): Omit<VouchedUser, 'expiresAt'> {
  const { issuer, userClaim, userPrefix, nameClaim } = settings;
  const [subject] = wordsAt(claims, userClaim);
  const userId = `${userPrefix}${subject ?? ''}`;
  if (subject === undefined || !isShort(userId))
    throw new GatewayError('UNAUTHENTICATED', 'The token does not say who its user is, in 1 to 200 characters.');
  return {
    issuer,
    organization: readPlace(settings.organization, claims),
    team: readPlace(settings.team, claims),
    userId: toId<UserId>(userId),
    name: readName(claims, nameClaim) ?? userId,
    scopes: readScopes(settings.scopes, claims),
  };
}

function readPlace(rule: string | ClaimRule, claims: Claims): string {
  if (typeof rule === 'string') return rule;
  const { claim, values } = rule;
  const places = wordsAt(claims, claim).flatMap((word) => (values === null ? [word] : (own(values, word) ?? [])));
  const place = places.find(isShort);
  if (place === undefined) throw unplaced();
  return place;
}

function isShort(text: string): boolean {
  return text.length >= 1 && text.length <= mostLength && isPlain(text);
}

/** What cannot be shown to people is left out. */
function readName(claims: Claims, claim: string): string | null {
  const [word = ''] = wordsAt(claims, claim);
  const name = word
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ')
    .trim();
  return name === '' ? null : name.slice(0, mostLength).toWellFormed();
}

/** OAuth writes scopes as one text with spaces (RFC 6749, section 3.3); roles and groups are mostly lists. */
function readScopes({ claim, values, always }: ScopeRule, claims: Claims): ReadonlySet<Scope> {
  const words = claim === null ? [] : wordsAt(claims, claim).flatMap((text) => text.split(' '));
  return new Set([...always, ...words.flatMap((word) => own(values, word) ?? [])]);
}

/** The texts that a claim holds: one, several, or none. */
function wordsAt(claims: Claims, path: string): readonly string[] {
  const value = valueAt(claims, path);
  return (Array.isArray(value) ? value : [value]).flatMap((item: unknown) => {
    if (typeof item === 'string') return [item];
    return Number.isSafeInteger(item) ? [String(item)] : [];
  });
}

/** A name with dots in it, as some issuers write addresses, goes before a way through others. */
function valueAt(claims: Claims, path: string): unknown {
  const whole = own(claims, path);
  if (whole !== undefined) return whole;
  return path.split('.').reduce<unknown>((value, name) => (isClaims(value) ? own(value, name) : undefined), claims);
}

function isClaims(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What every object has from its prototype is nobody's word. */
function own<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
