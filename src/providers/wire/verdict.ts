import type { ErrorCode } from '../../domain/errors.ts';
import { GatewayError } from '../../domain/errors.ts';
import type { AnswerHeaders } from './exchange.ts';
import type { Peer } from './failure.ts';

/** What a provider means by an error, whatever it calls it. */
export type Verdict =
  | 'keyRefused'
  | 'quotaSpent'
  | 'refused'
  | 'notFound'
  | 'redirected'
  | 'contextTooLong'
  | 'tooLarge'
  | 'contentFiltered'
  | 'invalid'
  | 'rateLimited'
  | 'timedOut'
  | 'unavailable';

/** A refusal as the provider sent it: as an answer's status and body, or inside a stream that began well. */
export interface ProviderFault {
  readonly peer: Peer;
  /** 200 where the error came after the head. */
  readonly status: number;
  readonly headers: AnswerHeaders;
  /** JSON; null where the body was none. Of it, only names get into the error. */
  readonly body: unknown;
  readonly nowMs: number;
}

interface VerdictTraits {
  readonly code: ErrorCode;
  /** After the provider's name. */
  readonly sentence: string;
}

const traits: Readonly<Record<Verdict, VerdictTraits>> = {
  keyRefused: { code: 'UPSTREAM_REFUSED', sentence: 'refused its key' },
  quotaSpent: { code: 'UPSTREAM_REFUSED', sentence: 'refuses further calls: the credit or spending limit of its account is used up' },
  refused: { code: 'UPSTREAM_REFUSED', sentence: 'refused the call' },
  notFound: { code: 'UPSTREAM_REFUSED', sentence: 'does not know the model or has no such address' },
  redirected: { code: 'UPSTREAM_REFUSED', sentence: 'answered with a redirect, which is not followed: check its base URL' },
  contextTooLong: { code: 'CONTEXT_TOO_LONG', sentence: 'refused the prompt: it is longer than the context window of the model' },
  tooLarge: { code: 'PAYLOAD_TOO_LARGE', sentence: 'refused the request: its body is too large' },
  contentFiltered: { code: 'CONTENT_FILTERED', sentence: 'refused the prompt by its content policy' },
  invalid: { code: 'INVALID_REQUEST', sentence: 'refused the request as invalid' },
  rateLimited: { code: 'UPSTREAM_RATE_LIMITED', sentence: 'takes no more calls at the moment: its rate limit is reached' },
  timedOut: { code: 'UPSTREAM_TIMEOUT', sentence: 'gave up on the call: it took too long' },
  unavailable: { code: 'UPSTREAM_UNAVAILABLE', sentence: 'could not answer: it failed on its side' },
};

/** What is kept of a provider's refusal. Nothing of what it wrote but names: see `asName`. */
export interface Refusal {
  readonly peer: Peer;
  readonly verdict: Verdict;
  /** 200 where the error came inside an answer that began well. */
  readonly status: number;
  /** The provider's own codes, by which its documentation can be searched. */
  readonly codes: readonly string[];
  /** The parameter at fault, as the provider names it. */
  readonly parameter: string | null;
  /** The provider's id of the request, for its support. */
  readonly providerRequestId: string | null;
  /** When it says that it may be asked again; counts where waiting helps. */
  readonly retryAfterMs: number | null;
}

export function toRefusal({ peer, verdict, status, codes, parameter, providerRequestId, retryAfterMs }: Refusal): GatewayError {
  const { code, sentence } = traits[verdict];
  const about = aboutOf({ peer, verdict, parameter });
  const waits = verdict === 'rateLimited' || verdict === 'unavailable';
  return new GatewayError(code, `${peer.name} ${sentence}${about}.`, {
    details: {
      provider: peer.id,
      status,
      ...(verdict === 'quotaSpent' ? { reason: 'QUOTA_SPENT' } : {}),
      ...(verdict === 'keyRefused' ? { reason: 'KEY_REFUSED' } : {}),
      ...(parameter === null ? {} : { parameter }),
      ...(providerRequestId === null ? {} : { providerRequestId }),
    },
    ...(codes.length > 0 ? { cause: `The provider's code: ${codes.join(', ')}` } : {}),
    ...(waits && retryAfterMs !== null ? { retryAfterMs } : {}),
  });
}

function aboutOf({ peer, verdict, parameter }: Pick<Refusal, 'peer' | 'verdict' | 'parameter'>): string {
  if (verdict === 'keyRefused') return peer.keyName === undefined ? ': check its key in the configuration' : `: check ${peer.keyName}`;
  return verdict === 'invalid' && parameter !== null ? ` (parameter ${parameter})` : '';
}

/** By the status of an answer, where nothing says more; undefined for one that is no refusal. */
export function verdictByStatus(status: number): Verdict | undefined {
  if (status >= 300 && status < 400) return 'redirected';
  if (status >= 500) return byStatus[status] ?? 'unavailable';
  return byStatus[status] ?? (status >= 400 ? 'refused' : undefined);
}

const byStatus: Readonly<Record<number, Verdict>> = {
  400: 'invalid',
  401: 'keyRefused',
  402: 'quotaSpent',
  403: 'keyRefused',
  404: 'notFound',
  408: 'timedOut',
  413: 'tooLarge',
  422: 'invalid',
  429: 'rateLimited',
  504: 'timedOut',
  524: 'timedOut',
};

/** A provider may write anything where a name belongs, the prompt included: only what looks like a name is kept. */
export function asName(value: unknown): string | null {
  return typeof value === 'string' && /^[\w.[\]-]{1,64}$/.test(value) && !/^\d+$/.test(value) ? value : null;
}
