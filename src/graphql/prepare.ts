import type { DocumentNode, GraphQLSchema, ValidationRule } from 'graphql';
import { GraphQLError, parse, specifiedRules, validate } from 'graphql';
import { toRequestError } from './errors.ts';

/** What is allowed to a class of callers. */
export interface Admittance {
  readonly maxTokens: number;
  readonly rules: readonly ValidationRule[];
  readonly maxErrors: number;
}

export type Prepare = (source: string) => DocumentNode | readonly GraphQLError[];

const mostDocuments = 1000;
/** Characters of all kept documents together: parsed and compiled, a document takes many times its text. */
const mostCharacters = 2_000_000;
/** Longer documents are rare, and one of them would drive out many. */
const longestKept = 20_000;

/** Parses and validates; a document that was found valid is kept, and with it what hangs on it (what was compiled). */
export function createPrepare(schema: GraphQLSchema, { maxTokens, rules, maxErrors }: Admittance): Prepare {
  const documents = new Map<string, DocumentNode>();
  let characters = 0;
  const allRules = [...specifiedRules, ...rules];
  const remember = (source: string, document: DocumentNode) => {
    if (source.length > longestKept) return;
    if (documents.delete(source)) characters -= source.length;
    documents.set(source, document);
    characters += source.length;
    for (const oldest of documents.keys()) {
      if (documents.size <= mostDocuments && characters <= mostCharacters) break;
      documents.delete(oldest);
      characters -= oldest.length;
    }
  };
  return (source) => {
    const known = documents.get(source);
    if (known !== undefined) {
      remember(source, known);
      return known;
    }
    const document = tryToParse(source, maxTokens);
    if (document instanceof GraphQLError) return [toRequestError(document, 'GRAPHQL_PARSE_FAILED')];
    const errors = validate(schema, document, allRules, { maxErrors });
    if (errors.length > 0) return errors.map((error) => toRequestError(error, codeOf(error)));
    remember(source, document);
    return document;
  };
}

function tryToParse(source: string, maxTokens: number): DocumentNode | GraphQLError {
  try {
    return parse(source, { maxTokens });
  } catch (thrown) {
    return thrown instanceof GraphQLError ? thrown : new GraphQLError('The document cannot be read.');
  }
}

function codeOf({ extensions }: GraphQLError): string {
  return typeof extensions['code'] === 'string' ? extensions['code'] : 'GRAPHQL_VALIDATION_FAILED';
}
