import type { DocumentNode, ExecutionResult, GraphQLSchema, TypeNode, VariableDefinitionNode } from 'graphql';
import { Kind, specifiedScalarTypes } from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import type { GraphContext } from './context.ts';

type Variables = Readonly<Record<string, unknown>>;

/** An operation turned into JavaScript. Answers at once where every resolver does. `variables` are coerced already. */
export type CompiledOperation = (root: unknown, context: GraphContext, variables: Variables) => ExecutionResult | Promise<ExecutionResult>;

export interface Compiler {
  /** Null: graphql-jit cannot compile it, and GraphQL executes it. `eager`: compile it at its first use already. */
  compile(document: DocumentNode, operationName: string | null, eager: boolean): CompiledOperation | null;
}

interface Entry {
  uses: number;
  /** Undefined: not tried yet. */
  compiled: CompiledOperation | null | undefined;
}

/**
 * Keeps what was compiled as long as its document is kept. Compiling costs as much as some executions, so a document that comes once
 * is not compiled.
 */
export function createCompiler(schema: GraphQLSchema): Compiler {
  const entries = new WeakMap<DocumentNode, Map<string | null, Entry>>();
  const entryOf = (document: DocumentNode, operationName: string | null): Entry => {
    const byName = entries.get(document) ?? new Map<string | null, Entry>();
    entries.set(document, byName);
    const entry = byName.get(operationName) ?? { uses: 0, compiled: undefined };
    byName.set(operationName, entry);
    return entry;
  };
  return {
    compile(document, operationName, eager) {
      const entry = entryOf(document, operationName);
      entry.uses++;
      if (entry.compiled === undefined && (eager || entry.uses > 1)) entry.compiled = tryToCompile(schema, document, operationName);
      return entry.compiled ?? null;
    },
  };
}

function tryToCompile(schema: GraphQLSchema, document: DocumentNode, operationName: string | null): CompiledOperation | null {
  const compiled: CompiledQuery | ExecutionResult = compileQuery(schema, trustVariables(document), operationName ?? undefined);
  if (!isCompiledQuery(compiled)) return null;
  return (root, context, variables) => compiled.query(root, context, variables);
}

/**
 * graphql-jit writes out the coercion of every variable, type within type: an input type that holds itself, such as a message's parts, never
 * ends. Variables are coerced before, so they are declared as what is taken as it is; what GraphQL itself knows may be coerced again, and
 * @skip and @include ask for it.
 */
function trustVariables(document: DocumentNode): DocumentNode {
  return {
    ...document,
    definitions: document.definitions.map((definition) => {
      if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
      return { ...definition, variableDefinitions: (definition.variableDefinitions ?? []).map(trustVariable) };
    }),
  };
}

const asItIs: TypeNode = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'JSON' } };
const known = new Set(specifiedScalarTypes.map(({ name }) => name));

function trustVariable(definition: VariableDefinitionNode): VariableDefinitionNode {
  if (known.has(namedType(definition.type))) return definition;
  const { defaultValue: _, ...rest } = definition;
  return { ...rest, type: asItIs };
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
