import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql';
import { createSourceEventStream, execute, getOperationAST } from 'graphql';
import type { EventCursor } from '../gateway/cursor.ts';
import { admitOperation } from './admission.ts';
import type { GraphContext } from './context.ts';
import { toClientError } from './errors.ts';
import { createEventSchema, toEventDocument } from './eventDocument.ts';
import type { ExecutorParts } from './execute.ts';
import { withClientErrors } from './execute.ts';
import type { GraphOperation } from './graph.ts';
import type { Compiler } from './jit.ts';
import { readOperation } from './operation.ts';
import { createResultCursor } from './resultCursor.ts';
import { collectRootFields } from './rootField.ts';

type Answer = (root: Readonly<Record<string, unknown>>, context: GraphContext) => ExecutionResult | Promise<ExecutionResult>;

/** Subscribing happens once, by GraphQL; each event is then answered by a compiled query over what the event holds. */
export interface Subscriber {
  /** Never rejects. */
  subscribe(request: GraphOperation, context: GraphContext): Promise<ExecutionResult | EventCursor<ExecutionResult>>;
}

/** `createCompiler` is null where GraphQL executes everything itself. */
export function createSubscriber(parts: ExecutorParts, createCompiler: ((schema: GraphQLSchema) => Compiler) | null): Subscriber {
  const events = createEventAnswers(parts.schema, createCompiler);
  return {
    async subscribe(request, context) {
      const place = readOperation(parts.schema, request);
      if ('errors' in place) return { errors: place.errors };
      try {
        await admitOperation(place, context);
        const source = await openSource(parts.schema, request, context);
        if (!isCursor(source)) return withClientErrors(source, context);
        const [field] = collectRootFields(place);
        const name = field?.definition.name ?? '';
        const answer = events.answerOf(request, place.variableValues);
        return createResultCursor(source, {
          answer: (event) => answerEvent({ answer, name, context }, event),
          fail: (thrown): ExecutionResult => ({ errors: [toClientError(thrown, context)] }),
        });
      } catch (thrown) {
        return { errors: [toClientError(thrown, context)] };
      } finally {
        context.admission?.[Symbol.dispose]();
      }
    },
  };
}

function answerEvent({ answer, name, context }: { answer: Answer; name: string; context: GraphContext }, event: unknown) {
  const result = answer({ [name]: event }, context);
  if (result instanceof Promise) return result.then((late) => withClientErrors(late, context));
  return result.errors === undefined ? result : withClientErrors(result, context);
}

async function openSource(
  schema: GraphQLSchema,
  request: GraphOperation,
  context: GraphContext,
): Promise<ExecutionResult | EventCursor<unknown>> {
  const { document, operationName, variables } = request;
  const source = await createSourceEventStream({ schema, document, operationName, variableValues: variables, contextValue: context });
  if (isCursor(source)) return source;
  if ('errors' in source) return source;
  throw new Error('A subscription was not answered by a cursor.');
}

function isCursor(value: object): value is EventCursor<unknown> {
  return 'read' in value && 'wait' in value;
}

/** How the events of an operation are answered, kept as long as its document is. */
function createEventAnswers(schema: GraphQLSchema, createCompiler: ((schema: GraphQLSchema) => Compiler) | null) {
  const eventSchema = createEventSchema(schema);
  const compiler = createCompiler?.(eventSchema) ?? null;
  const documents = new WeakMap<DocumentNode, Map<string | null, DocumentNode>>();
  const eventDocumentOf = ({ document, operationName }: GraphOperation): DocumentNode => {
    const byName = documents.get(document) ?? new Map<string | null, DocumentNode>();
    documents.set(document, byName);
    const eventDocument = byName.get(operationName) ?? toEventDocument(schema, document, operationName);
    byName.set(operationName, eventDocument);
    return eventDocument;
  };
  return {
    answerOf(request: GraphOperation, coerced: GraphOperation['variables']): Answer {
      const document = eventDocumentOf(request);
      const { operationName, variables } = request;
      const compiled = compiler?.compile(document, operationName, true) ?? null;
      const needed = pick(compiled === null ? variables : coerced, document, operationName);
      if (compiled !== null) return (root, context) => compiled(root, context, needed);
      return (root, context) =>
        execute({ schema: eventSchema, document, operationName, variableValues: needed, rootValue: root, contextValue: context });
    },
  };
}

function pick(variables: GraphOperation['variables'], document: DocumentNode, operationName: string | null): GraphOperation['variables'] {
  const names = getOperationAST(document, operationName)?.variableDefinitions?.map(({ variable }) => variable.name.value) ?? [];
  return Object.fromEntries(names.filter((name) => Object.hasOwn(variables, name)).map((name) => [name, variables[name]]));
}
