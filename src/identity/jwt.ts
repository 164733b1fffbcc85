import { hash } from 'node:crypto';
import { GatewayError } from '../domain/errors.ts';
import { makeRoom } from '../domain/makeRoom.ts';
import type { IssuerSettings, UserTokens, VouchedUser } from '../ports/issuer.ts';
import type { Issuer } from './issuer.ts';
import type { IssuerKeysParts } from './issuerKeys.ts';

export interface UserTokensParts extends IssuerKeysParts {
  /** As the configuration in force says; what it does not name any more is refused at once. */
  readonly issuers: () => readonly IssuerSettings[];
}

const shape = /^[\w-]+\.([\w-]+)\.[\w-]*$/;
/** Some issuers put all groups of a user into a token. */
const mostLength = 16_384;
const mostUsers = 10_000;
/** Then it is verified anew: its issuer may have withdrawn the key that signed it. */
const verifiedMs = 600_000;

interface Verified {
  readonly user: VouchedUser;
  /** Monotonic. */
  readonly at: number;
}

/** Remembers what it has verified by the token's SHA-256: to verify costs some hundred times what a look-up does. */
export function createUserTokens({ issuers, ...parts }: UserTokensParts): UserTokens {
  let settings: readonly IssuerSettings[] = [];
  const known = new Map<string, Issuer>();
  const users = new Map<string, Verified>();
  const readings = new Map<string, Promise<VouchedUser>>();

  /** What was read by other rules counts no more. */
  function follow(): void {
    if (issuers() === settings) return;
    settings = issuers();
    users.clear();
    readings.clear();
  }

  /** Nobody is asked for the keys of an issuer that a token merely says is its own. */
  async function issuerOf(token: string): Promise<Issuer> {
    const name = readIssuer(token);
    const rules = settings.find(({ issuer }) => issuer === name);
    if (rules === undefined) throw refused('The token comes from an issuer that is not trusted here.');
    const before = known.get(name);
    if (before?.settings === rules) return before;
    const issuer = await toIssuer(rules, before, parts);
    known.set(name, issuer);
    return issuer;
  }

  async function verifyAndKeep(token: string, digest: string): Promise<VouchedUser> {
    const rules = settings;
    const issuer = await issuerOf(token);
    const user = await issuer.verify(token);
    if (rules !== settings) return user;
    makeRoom(users, mostUsers);
    users.set(digest, { user, at: parts.clock.monotonic() });
    return user;
  }

  return {
    isOne: (credential) => shape.test(credential),
    read(token) {
      if (token.length > mostLength) throw refused(`The token is longer than ${mostLength} characters.`);
      follow();
      const digest = hash('sha256', token, 'base64');
      const verified = users.get(digest);
      if (verified !== undefined) {
        const { user, at } = verified;
        const expired = user.expiresAt <= parts.clock.now();
        if (!expired && parts.clock.monotonic() - at < verifiedMs) return user;
        users.delete(digest);
        if (expired) throw refused('The token has expired.');
      }
      const running = readings.get(digest);
      if (running !== undefined) return running;
      const reading = verifyAndKeep(token, digest).finally(() => {
        if (readings.get(digest) === reading) readings.delete(digest);
      });
      readings.set(digest, reading);
      return reading;
    },
  };
}

/** Loads what checks signatures when the first token comes: most gateways have no issuer. One whose keys are where they were keeps them. */
async function toIssuer(settings: IssuerSettings, before: Issuer | undefined, parts: IssuerKeysParts): Promise<Issuer> {
  const { createIssuer } = await import('./issuer.ts');
  return createIssuer(settings, parts, before?.settings.jwksUrl === settings.jwksUrl ? before.keys : null);
}

function readIssuer(token: string): string {
  try {
    const claims: unknown = JSON.parse(Buffer.from(shape.exec(token)?.[1] ?? '', 'base64url').toString());
    const issuer = typeof claims === 'object' && claims !== null && 'iss' in claims ? claims.iss : null;
    return typeof issuer === 'string' ? issuer : '';
  } catch (cause) {
    throw refused('The token is malformed.', cause);
  }
}

function refused(sentence: string, cause?: unknown): GatewayError {
  return new GatewayError('UNAUTHENTICATED', sentence, { cause });
}
