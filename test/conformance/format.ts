import type { ErrorCode } from '../../src/domain/errors.ts';
import type { ProviderAdapter } from '../../src/ports/provider.ts';
import type { FoldedAnswer } from '../support/foldAnswer.ts';
import type { HttpAnswer } from '../support/httpBytes.ts';

/** A wire format, as the suite needs to know it. */
export interface FormatUnderTest {
  /** Its folder in src/providers. */
  readonly folder: string;
  /** With a row of the format's table of quirks, if the answer names one. */
  create(baseUrl: string, kin?: string): ProviderAdapter;
  /** Answers and what they say, in the order in which their cases run. The first is a stream of some length that ends well. */
  readonly answers: readonly FormatAnswer[];
  /** Answers that are refusals. */
  readonly refusals: readonly FormatRefusal[];
  /** The events that are whole in the beginning of a stream. By default one ends with an empty line, as in Server-Sent Events. */
  wholeEvents?(beginning: Buffer): Uint8Array;
  /** An event that is none, as it stands in a stream. */
  readonly malformedEvent: string | Uint8Array;
  /** The beginning of an event that never ends. */
  readonly endlessEvent: string | Uint8Array;
}

export interface FormatAnswer {
  readonly name: string;
  readonly kin?: string;
  readonly streamed: boolean;
  /** How many answers are asked for; one unless said. */
  readonly choices?: number;
  readonly contentType: string;
  readonly body: Uint8Array;
  readonly says: Partial<FoldedAnswer>;
}

export interface FormatRefusal {
  readonly name: string;
  readonly answer: HttpAnswer;
  readonly code: ErrorCode;
  readonly retryAfterMs?: number;
  readonly details?: Readonly<Record<string, unknown>>;
}
