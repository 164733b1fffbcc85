import type { UserId } from '../domain/id.ts';
import type { Scope } from '../domain/principal.ts';

/** What a claim says, in our words. */
export interface ClaimRule {
  /** A claim's name, or the way to it through others, their names with dots between them. */
  readonly claim: string;
  /** What each of its words stands for, others nothing; null: every word stands for itself. */
  readonly values: Readonly<Record<string, string>> | null;
}

/** What an issuer's words about its users' rights come to; without a word of the table nobody has more than `always`. */
export interface ScopeRule {
  readonly claim: string | null;
  readonly values: Readonly<Record<string, readonly Scope[]>>;
  readonly always: readonly Scope[];
}

/** What an operator says of an OIDC issuer. */
export interface IssuerSettings {
  /** As its tokens say it, to the letter. */
  readonly issuer: string;
  /** A token must be meant for one of these. */
  readonly audiences: readonly string[];
  /** Null: the one that its discovery document names. */
  readonly jwksUrl: string | null;
  /** Names of asymmetric signatures (RFC 7518, RFC 8037); no other is looked at. */
  readonly algorithms: readonly string[];
  /** A name or an id, or where a token says one. */
  readonly organization: string | ClaimRule;
  readonly team: string | ClaimRule;
  readonly userClaim: string;
  /** Put before each user's id, so that two issuers of one organization never mean one user by the same word. */
  readonly userPrefix: string;
  readonly nameClaim: string;
  readonly scopes: ScopeRule;
}

/** What a token says of its user, after its issuer's signature was found right. */
export interface VouchedUser {
  readonly issuer: string;
  /** A name or an id. */
  readonly organization: string;
  readonly team: string;
  readonly userId: UserId;
  /** For people. */
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Reads the tokens (RFC 7519) of the issuers that the operator trusts. */
export interface UserTokens {
  /** Whether the credential has the form of a token, whoever made it. */
  isOne(credential: string): boolean;
  /**
   * At once, and the same one, for a token that was read before. Throws UNAUTHENTICATED, its sentence saying why; FORBIDDEN where the token names
   * no organization or team; UPSTREAM_UNAVAILABLE where the issuer's keys are needed and cannot be had.
   */
  read(token: string): VouchedUser | Promise<VouchedUser>;
}
