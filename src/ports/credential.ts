import type { ClientTokenClaims } from '../domain/clientToken.ts';

/** A secret just made: shown once, kept only as its hash. */
export interface IssuedSecret {
  readonly secret: string;
  /** SHA-256 of the secret, hex. */
  readonly hash: string;
  readonly prefix: string;
  readonly lastFour: string;
}

/** Makes and reads `mg_live_` secrets. */
export interface ApiKeySecrets {
  issue(): IssuedSecret;
  /** What is kept of a secret that somebody else made; null when it is no well-formed secret: a typo is known by its checksum, without a look-up. */
  read(secret: string): IssuedSecret | null;
}

/** Makes and reads `mg_ct_` tokens, which say what they are for themselves. */
export interface ClientTokens {
  /** Whether the credential has their form, whoever made it. */
  isOne(credential: string): boolean;
  issue(claims: ClientTokenClaims): string;
  /** Null: malformed, changed, or made with another secret. Whether its time is over is not looked at. */
  read(token: string): ClientTokenClaims | null;
}
