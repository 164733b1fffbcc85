import { scrub } from './scrub.ts';

const longestChain = 8;
const longestText = 2000;

export interface DescribedError {
  readonly name: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack?: string;
  readonly cause?: DescribedError;
  /** The parts of an AggregateError. */
  readonly errors?: readonly DescribedError[];
}

/** Anything thrown, as it may be logged: only these fields, because packages hang requests, answers and rows on their errors. */
export function describeThrown(thrown: unknown, depth = 0): DescribedError {
  if (!(thrown instanceof Error))
    return { name: 'Thrown', message: typeof thrown === 'string' ? shorten(thrown) : `a value of type ${typeof thrown}` };
  const { name, message, stack, cause } = thrown;
  const deeper = depth < longestChain;
  return {
    name,
    message: shorten(message),
    ...codeOf(thrown),
    ...(stack === undefined ? {} : { stack: shorten(stack) }),
    ...(cause === undefined || cause === null || !deeper ? {} : { cause: describeThrown(cause, depth + 1) }),
    ...(thrown instanceof AggregateError && deeper ? { errors: thrown.errors.map((error) => describeThrown(error, depth + 1)) } : {}),
  };
}

function codeOf(error: Error): { readonly code?: string | number } {
  if (!('code' in error)) return {};
  const { code } = error;
  return typeof code === 'string' || typeof code === 'number' ? { code } : {};
}

function shorten(text: string): string {
  const clean = scrub(text);
  return clean.length > longestText ? `${clean.slice(0, longestText)}…` : clean;
}
