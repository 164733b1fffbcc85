import type { DocumentNode, ExecutionResult, GraphQLSchema, ValidationRule } from 'graphql';
import type { AuditActor } from '../domain/audit.ts';
import type { Principal } from '../domain/principal.ts';
import type { EventCursor } from '../gateway/cursor.ts';
import type { GraphContext } from './context.ts';

/** One operation of a client, parsed and valid. */
export interface GraphOperation {
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface ContextInput {
  readonly principal: Principal | null;
  readonly requestId: string;
  /** The client's address; null where there is none. */
  readonly address: string | null;
  /** Whom the audit log names; absent: the principal. */
  readonly actor?: AuditActor | undefined;
  readonly signal: AbortSignal;
}

/** The schema made executable: all that a transport needs. */
export interface Graph {
  readonly schema: GraphQLSchema;
  /** The limits (depth, aliases, root fields, directives, cost), for whoever validates; `maxTokens` is for the parser. */
  validationRules(principal: Principal | null): readonly ValidationRule[];
  maxTokens(principal: Principal | null): number;
  /** Parses and validates under the limits, with a cache by text; the errors to be answered otherwise. */
  prepare(source: string, principal: Principal | null): DocumentNode | NonNullable<ExecutionResult['errors']>;
  context(input: ContextInput): GraphContext;
  /** A query or mutation: admission, execution, errors with codes. Never rejects. */
  execute(operation: GraphOperation, context: GraphContext): Promise<ExecutionResult>;
  /** A subscription: the errors of subscribing, or its answers as a cursor, one for each event. Never rejects. */
  subscribe(operation: GraphOperation, context: GraphContext): Promise<ExecutionResult | EventCursor<ExecutionResult>>;
}
