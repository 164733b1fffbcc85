import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Clock } from '../../ports/clock.ts';
import type { Webhook, WebhookAnswer, WebhookFault, WebhookMessage, WebhookSender } from '../../ports/webhook.ts';
import { isLoopbackAddress, isPrivateAddress } from './address.ts';
import { signMessage } from './signature.ts';

export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

export interface WebhookSenderParts {
  readonly clock: Clock;
  /** All addresses of a name. Default: as the machine resolves names. */
  readonly resolve?: Resolve;
}

/** What a receiver says beyond its status is of no use: so much of it is read, that the connection can end well. */
const mostAnswerBytes = 65_536;

/**
 * Names are resolved once, and the connection is made to an address that was checked: a name that means something else the next moment changes
 * nothing. Redirects are answers like any other, and proxies of the environment are not asked.
 */
export function createWebhookSender({ clock, resolve = resolveAll }: WebhookSenderParts): WebhookSender {
  return {
    async send(webhook, message, signal) {
      const ending = new AbortController();
      let answered: WebhookAnswer | null = null;
      const onAnswer = (answer: WebhookAnswer): void => {
        answered = answer;
      };
      const cancel = () => ending.abort('CANCELLED' satisfies WebhookFault);
      const timer = clock.timer(webhook.timeoutMs, () => ending.abort('TIMEOUT' satisfies WebhookFault));
      signal.addEventListener('abort', cancel, { once: true });
      if (signal.aborted) cancel();
      try {
        return await Promise.race([post({ webhook, message, signal: ending.signal, resolve, onAnswer }), aborted(ending.signal)]);
      } catch (thrown) {
        // The status is known, however the rest of the answer ends.
        return answered ?? { type: 'FAILED', fault: faultOf(thrown) };
      } finally {
        timer.clear();
        signal.removeEventListener('abort', cancel);
        // Whatever is still open: the rest of the answer is not waited for.
        ending.abort('CANCELLED' satisfies WebhookFault);
      }
    },
  };
}

interface Posting {
  readonly webhook: Webhook;
  readonly message: WebhookMessage;
  readonly signal: AbortSignal;
  readonly resolve: Resolve;
  /** Called when the status is there. */
  readonly onAnswer: (answer: WebhookAnswer) => void;
}

async function post({ webhook, message, signal, resolve, onAnswer }: Posting): Promise<WebhookAnswer> {
  const url = new URL(webhook.url);
  const found = await resolve(url.hostname.replace(/^\[|\]$/g, '')).catch(() => []);
  if (found.length === 0) return { type: 'FAILED', fault: 'UNKNOWN_HOST' };
  const allowed = found.filter(({ address }) => isAllowed(address, url.protocol, webhook));
  if (allowed.length === 0) return { type: 'FAILED', fault: 'PRIVATE_ADDRESS' };
  const body = Buffer.from(message.body);
  const options: RequestOptions = {
    method: 'POST',
    // One connection a message: they are few, and none is left open to an address that was checked long ago.
    agent: false,
    lookup: lookupIn(allowed),
    signal,
    headers: {
      ...signMessage(message, webhook.secrets),
      'content-type': 'application/json',
      'content-length': String(body.length),
      'user-agent': 'modelgraph',
    },
  };
  const sent = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
  return await answerOf(sent, body, onAnswer);
}

/** Plain HTTP is for a receiver on this machine: what the operator wrote as an address there. */
function isAllowed(address: string, protocol: string, { allowPrivate }: Webhook): boolean {
  if (protocol === 'http:') return isLoopbackAddress(address);
  return allowPrivate || !isPrivateAddress(address);
}

function answerOf(sent: ClientRequest, body: Buffer, onAnswer: Posting['onAnswer']): Promise<WebhookAnswer> {
  return new Promise((resolve, reject) => {
    sent.on('error', reject);
    sent.on('response', (response) => {
      const { statusCode = 0, headers } = response;
      const answer: WebhookAnswer = { type: 'ANSWERED', status: statusCode, retryAfter: headers['retry-after'] ?? null };
      onAnswer(answer);
      drain(response, () => resolve(answer));
    });
    sent.end(body);
  });
}

/** Reads on for a little, so that a receiver that answers politely is not cut off in its sentence. */
function drain(response: IncomingMessage, done: () => void): void {
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostAnswerBytes) response.destroy();
  });
  response.on('error', () => undefined);
  response.on('close', done);
}

/** Answers with what was checked, whatever the name. */
function lookupIn(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, { all }, done) => {
    const [first] = addresses;
    if (all === true) done(null, [...addresses]);
    else done(null, first?.address ?? '', first?.family);
  };
}

async function resolveAll(host: string): Promise<readonly LookupAddress[]> {
  return await lookup(host, { all: true });
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = () => reject(signal.reason);
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}

const tlsCode = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|EPROTO)/;

function faultOf(thrown: unknown): WebhookFault {
  if (thrown === 'TIMEOUT' || thrown === 'CANCELLED') return thrown;
  const code = thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  return tlsCode.test(code) ? 'TLS' : 'CONNECTION';
}
