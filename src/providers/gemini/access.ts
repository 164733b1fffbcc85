import { importPKCS8, SignJWT } from 'jose';
import { GatewayError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import type { Peer } from '../wire/failure.ts';
import { readCount, readObject, readWord } from '../wire/json.ts';

/** By what the provider knows who asks: the headers of a request. */
export interface Access {
  headers(signal: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /** What was used last was refused: the next request gets another one, where there can be one. */
  forget(): void;
}

const tokenPath = '/token';
export const tokenOrigin = 'https://oauth2.googleapis.com';
const scope = 'https://www.googleapis.com/auth/cloud-platform';
const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const lifeSeconds = 3600;
/** A token is renewed this long before its end. */
const marginMs = 60_000;
/** An exchange is given up after this: calls have limits of their own, but it is for all that wait. */
const exchangeMs = 15_000;

export interface AccessParts {
  readonly settings: Pick<ProviderSettings, 'apiKey' | 'credentials' | 'headers'>;
  readonly peer: Peer;
  readonly clock: Clock;
  /** Where tokens are had. */
  readonly tokens: Pick<Endpoint, 'post' | 'read'>;
}

/** An API key goes along as it is; a service account's key is exchanged for a token: https://developers.google.com/identity/protocols/oauth2/service-account#httprest */
export function createAccess(parts: AccessParts): Access {
  const { apiKey, credentials, headers } = parts.settings;
  const { clientEmail, privateKey } = credentials;
  if (clientEmail === undefined || privateKey === undefined) {
    const fixed = { ...(apiKey === null ? {} : { 'x-goog-api-key': apiKey }), ...headers };
    return { headers: async () => fixed, forget: () => undefined };
  }
  const account = { clientEmail, privateKey };
  let token: Token | null = null;
  let renewal: Promise<Token> | null = null;

  /** One exchange at a time, however many ask; whoever leaves does not stop it. */
  const renew = (): Promise<Token> => {
    if (renewal !== null) return renewal;
    renewal = exchange(parts, account).finally(() => {
      renewal = null;
    });
    // All who waited may have left.
    renewal.catch(() => undefined);
    return renewal;
  };
  return {
    async headers(signal) {
      signal.throwIfAborted();
      if (token === null || token.staleAt <= parts.clock.now()) token = await unlessAborted(renew(), signal);
      return { authorization: `Bearer ${token.text}`, ...headers };
    },
    forget() {
      token = null;
    },
  };
}

interface Token {
  readonly text: string;
  readonly staleAt: number;
}

interface ServiceAccount {
  readonly clientEmail: string;
  readonly privateKey: string;
}

async function exchange({ tokens, clock, peer }: AccessParts, account: ServiceAccount): Promise<Token> {
  const now = clock.now();
  const assertion = await sign(account, now, peer);
  const body = new URLSearchParams({ grant_type: grantType, assertion }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = readObject(await inTime(clock, peer, (signal) => tokens.read(tokens.post({ path: tokenPath, headers, body }, signal))));
  const text = readWord(answer?.['access_token']);
  if (text === null)
    throw new GatewayError('UPSTREAM_MALFORMED', `${peer.name} gave no token for its key.`, { details: { provider: peer.id } });
  const lifeMs = (readCount(answer?.['expires_in']) ?? lifeSeconds) * 1000;
  return { text, staleAt: now + lifeMs - marginMs };
}

async function inTime<Result>(clock: Clock, peer: Peer, ask: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const late = new AbortController();
  const timer = clock.timer(exchangeMs, () => {
    const sentence = `${peer.name} gave no token for its key within ${exchangeMs / 1000} seconds.`;
    late.abort(new GatewayError('UPSTREAM_TIMEOUT', sentence, { details: { provider: peer.id } }));
  });
  try {
    return await ask(late.signal);
  } finally {
    timer.clear();
  }
}

/** Whoever leaves does not wait for what others wait for. */
async function unlessAborted<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const left = Promise.withResolvers<never>();
  const abort = (): void => left.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, left.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** The key's own text is in no error: the parser's message may quote it. */
async function sign({ clientEmail, privateKey }: ServiceAccount, now: number, peer: Peer): Promise<string> {
  const issuedAt = Math.floor(now / 1000);
  try {
    // In an environment variable line ends are often written out.
    const key = await importPKCS8(privateKey.replaceAll('\\n', '\n'), 'RS256');
    return await new SignJWT({ scope })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .setIssuer(clientEmail)
      .setAudience(`${tokenOrigin}${tokenPath}`)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifeSeconds)
      .sign(key);
  } catch {
    // biome-ignore lint/style/useErrorCause: see above.
    throw new GatewayError('UPSTREAM_REFUSED', `${peer.name} cannot be asked: its privateKey is no private key in PEM form.`, {
      details: { provider: peer.id, reason: 'KEY_REFUSED' },
    });
  }
}
