/** What one operation may ask for, at most. */
export interface Limits {
  /** Tokens of a document from somebody without a valid credential. */
  readonly anonymousTokens: number;
  readonly tokens: number;
  /** Levels of fields. GraphQL's own introspection query has 15. */
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
  /** Errors that one document is answered with. */
  readonly errors: number;
}

export const usualLimits: Limits = {
  anonymousTokens: 1000,
  tokens: 15_000,
  depth: 16,
  aliases: 64,
  rootFields: 32,
  directives: 64,
  errors: 5,
};
