import type { AlertKind } from '../domain/alert.ts';

/** Where alerts are sent, as an operator has configured it. */
export interface Webhook {
  readonly name: string;
  readonly url: string;
  /** What messages are signed with, each once: the second is that of before, while receivers change. `whsec_` and base64. */
  readonly secrets: readonly string[];
  readonly kinds: readonly AlertKind[];
  /** Whether it may be on a private network. */
  readonly allowPrivate: boolean;
  readonly timeoutMs: number;
  readonly retry: RetryLimits;
}

export interface RetryLimits {
  /** How often a message is tried at the most. */
  readonly attempts: number;
  /** After the first failure; doubled after each further one. */
  readonly firstDelayMs: number;
  readonly mostDelayMs: number;
}

export interface WebhookMessage {
  /** The same for each try, so that a receiver takes it once. */
  readonly id: string;
  /** When it is sent, milliseconds since 1970. */
  readonly at: number;
  readonly body: string;
}

/** Why nothing was answered. PRIVATE_ADDRESS: refused before anything was sent. */
export type WebhookFault = 'PRIVATE_ADDRESS' | 'UNKNOWN_HOST' | 'TLS' | 'TIMEOUT' | 'CONNECTION' | 'CANCELLED';

export type WebhookAnswer =
  | { readonly type: 'ANSWERED'; readonly status: number /** The header as it came. */; readonly retryAfter: string | null }
  | { readonly type: 'FAILED'; readonly fault: WebhookFault };

/** Signs and sends a message (https://www.standardwebhooks.com). Never rejects; an aborted signal answers CANCELLED. */
export interface WebhookSender {
  send(webhook: Webhook, message: WebhookMessage, signal: AbortSignal): Promise<WebhookAnswer>;
}
