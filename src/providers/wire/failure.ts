import { errors } from 'undici';
import { GatewayError } from '../../domain/errors.ts';
import type { ProviderId } from '../../domain/id.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';

/** Who is spoken to, as errors name it. */
export interface Peer {
  readonly id: ProviderId;
  readonly name: string;
  /** Where its key is set, for instance `OPENAI_API_KEY`: a hint for whoever has to change it. Absent where that is not known. */
  readonly keyName?: string;
}

export function toPeer({ id, name, keyName }: Pick<ProviderSettings, 'id' | 'name' | 'keyName'>): Peer {
  return { id, name, ...(keyName === null ? {} : { keyName }) };
}

/** How far an exchange had come when its connection failed. */
export type ExchangePhase = 'sent' | 'answering';

const handshakeFailed = 'could not be reached: the TLS handshake failed';

/** What went wrong below HTTP, by the code of Node or undici. Certificates have too many codes to list: see below. */
const connectionFailures: Readonly<Record<string, string>> = {
  ENOTFOUND: 'could not be reached: its name cannot be resolved',
  EAI_AGAIN: 'could not be reached: its name cannot be resolved at the moment',
  ECONNREFUSED: 'could not be reached: it refused the connection',
  EHOSTUNREACH: 'could not be reached: there is no way to its host',
  ENETUNREACH: 'could not be reached: there is no way to its network',
  ETIMEDOUT: 'could not be reached: the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'could not be reached: the connection timed out',
  ERR_TLS_CERT_ALTNAME_INVALID: 'could not be reached: its TLS certificate is for another name',
  EPROTO: handshakeFailed,
  UND_ERR_INVALID_ARG: 'could not be asked: a header, perhaps the key, has characters that HTTP does not allow',
  UND_ERR_DESTROYED: 'is no longer in use',
  UND_ERR_CLOSED: 'is no longer in use',
};

/** Codes of OpenSSL itself, for instance ERR_SSL_WRONG_VERSION_NUMBER where a server speaks plain HTTP. */
const handshakeCode = /^ERR_SSL_/;

/** Codes of OpenSSL's certificate check, for instance DEPTH_ZERO_SELF_SIGNED_CERT. */
const certificateCode = /CERT|ISSUER|CRL|SIGNATURE/;

/** A failed connection as an error of ours. Names the provider, never its address. */
export function toConnectionError(thrown: unknown, peer: Peer, phase: ExchangePhase): GatewayError {
  const code = errorCode(thrown);
  const options = { cause: toCause(thrown, code), details: { provider: peer.id } };
  if (isProtocolError(thrown))
    return new GatewayError('UPSTREAM_MALFORMED', `${peer.name} answered with something that is not HTTP.`, options);
  if (phase === 'answering')
    return new GatewayError('UPSTREAM_UNAVAILABLE', `${peer.name} broke the connection in the middle of its answer.`, options);
  const certificate = certificateCode.test(code) ? 'could not be reached: its TLS certificate was not accepted' : undefined;
  const handshake = handshakeCode.test(code) ? handshakeFailed : undefined;
  const failure = connectionFailures[code] ?? handshake ?? certificate ?? 'closed the connection before it answered';
  return new GatewayError('UPSTREAM_UNAVAILABLE', `${peer.name} ${failure}.`, options);
}

/** An answer that breaks HTTP itself. */
function isProtocolError(thrown: unknown): boolean {
  return (
    thrown instanceof errors.HTTPParserError ||
    thrown instanceof errors.HeadersOverflowError ||
    thrown instanceof errors.ResponseContentLengthMismatchError
  );
}

/** Only names: undici keeps the bytes it could not read in its error, and those may be an answer. */
function toCause(thrown: unknown, code: string): string {
  return `${thrown instanceof Error ? thrown.name : typeof thrown} ${code}`.trim();
}

/** Several addresses tried in vain make an AggregateError without a code: the first one's speaks for all. */
function errorCode(thrown: unknown): string {
  if (thrown instanceof AggregateError) return errorCode(thrown.errors[0]);
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
}

export function malformed(peer: Peer, what: string, cause?: unknown): GatewayError {
  return new GatewayError('UPSTREAM_MALFORMED', `${peer.name} ${what}.`, { cause, details: { provider: peer.id } });
}
