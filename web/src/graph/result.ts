/** An error of a GraphQL answer, as far as the page reads it. */
export interface GraphError {
  readonly message: string;
  readonly extensions?: { readonly code?: string };
}

/** Whatever comes back from the gateway: checked only where the page looks into it, shown to the user as it is. */
export type GraphResult = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A result of the page's own making, for what failed before the graph could answer. */
export function failure(message: string, code?: string): GraphResult {
  const error: GraphError = code === undefined ? { message } : { message, extensions: { code } };
  return { errors: [error] };
}

/** The messages of a result's errors whose `extensions.code` is `code`. */
export function messagesOf(result: GraphResult, code: string): readonly string[] {
  const errors = Array.isArray(result['errors']) ? result['errors'] : [];
  return errors.filter((error) => codeOf(error) === code).map(messageOf);
}

/** The first error's message, or null when the result has none. */
export function firstMessage(result: GraphResult): string | null {
  const errors = result['errors'];
  return Array.isArray(errors) && errors.length > 0 ? messageOf(errors[0]) : null;
}

function codeOf(error: unknown): unknown {
  return isRecord(error) && isRecord(error['extensions']) ? error['extensions']['code'] : undefined;
}

function messageOf(error: unknown): string {
  return isRecord(error) && typeof error['message'] === 'string' ? error['message'] : 'The gateway gave no reason.';
}
