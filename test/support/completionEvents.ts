import type { Client } from 'graphql-ws';

/** An event of a stream as the documents of these tests select it. */
export interface StreamEvent {
  readonly __typename: string;
  readonly completionId: string;
  readonly sequence: number;
  readonly offset?: number;
  readonly text?: string;
  readonly keepTextLength?: number;
  readonly reason?: string;
  readonly error?: { readonly code: string; readonly message: string; readonly retryable: boolean };
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the document's, which only the test knows
  readonly completion?: any;
}

export const eventFields = `__typename
  ... on CompletionStarted { completionId sequence model { slug } }
  ... on CompletionDelta { completionId sequence offset text }
  ... on CompletionRerouted { completionId sequence keepTextLength reason }
  ... on CompletionFinished { completionId sequence completion { ...Ending } }
  ... on CompletionFailed { completionId sequence error { code message retryable } completion { ...Ending } }`;

export const ending = `fragment Ending on Completion {
  id state text finishReason usage { inputTokens outputTokens basis } cost { total } attempts { provider outcome errorCode }
}`;

export const streamDocument = `subscription ($input: CompletionInput!, $after: Int) {
  completionStream(input: $input, after: $after) { ${eventFields} }
} ${ending}`;

export const resumeDocument = `subscription ($id: ID!, $after: Int) { resumeCompletion(id: $id, after: $after) { ${eventFields} } } ${ending}`;

export interface Subscribing {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Called for each event as it comes. */
  readonly onEvent?: (event: StreamEvent) => void;
}

/** Reads a subscription to its end. Rejects with the errors of a subscription that is refused, or with the close of a connection that is lost. */
export function readStream(client: Client, { query, variables = {}, onEvent }: Subscribing): Promise<readonly StreamEvent[]> {
  const events: StreamEvent[] = [];
  return new Promise((resolve, reject) => {
    client.subscribe<Readonly<Record<string, StreamEvent>>>(
      { query, variables },
      {
        next({ data, errors }) {
          if (errors !== undefined) return reject(errors);
          for (const event of Object.values(data ?? {})) {
            events.push(event);
            onEvent?.(event);
          }
        },
        error: reject,
        complete: () => resolve(events),
      },
    );
  });
}

/** The text as a client puts it together: every piece at its offset. */
export function textOf(events: readonly StreamEvent[]): string {
  return events.reduce((text, event) => {
    if (event.__typename === 'CompletionRerouted') return text.slice(0, event.keepTextLength);
    return event.text === undefined ? text : text.slice(0, event.offset) + event.text;
  }, '');
}

/** The event that ends a stream, which must be its last and its only one. */
export function terminalOf(events: readonly StreamEvent[]): StreamEvent {
  const terminal = events.filter(({ __typename }) => __typename === 'CompletionFinished' || __typename === 'CompletionFailed');
  const [only] = terminal;
  if (only === undefined || terminal.length > 1 || events.at(-1) !== only)
    throw new Error(`A stream must end with its one terminal event: ${events.map(({ __typename }) => __typename).join(' ')}`);
  return only;
}

export function sequencesOf(events: readonly StreamEvent[]): readonly number[] {
  return events.map(({ sequence }) => sequence);
}

/** `[from, …, from + count - 1]`. */
export function gapless(count: number, from = 1): readonly number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}
