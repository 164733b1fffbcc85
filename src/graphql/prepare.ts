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
/** Longer documents are rare and would fill the memory. */
const longestKept = 50_000;

/** Parses and validates; a document that was found valid is kept, and with it what hangs on it (what was compiled). */
export function createPrepare(schema: GraphQLSchema, { maxTokens, rules, maxErrors }: Admittance): Prepare {
  const documents = new Map<string, DocumentNode>();
  const allRules = [...specifiedRules, ...rules];
  const remember = (source: string, document: DocumentNode) => {
    if (source.length > longestKept) return;
    documents.delete(source);
    documents.set(source, document);
    const [oldest] = documents.keys();
    if (documents.size > mostDocuments && oldest !== undefined) documents.delete(oldest);
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
