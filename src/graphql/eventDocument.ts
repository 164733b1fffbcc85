import type { DocumentNode, FieldNode, OperationDefinitionNode, VariableDefinitionNode } from 'graphql';
import { GraphQLObjectType, GraphQLSchema, getOperationAST, Kind, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

/**
 * What one event of a subscription is answered by: the same operation over the same types, but its root fields take no arguments and their
 * value is simply there. The arguments were used up by subscribing; with a long prompt among them, coercing them again for each token would
 * cost more than the token.
 */
export function createEventSchema(schema: GraphQLSchema): GraphQLSchema {
  const { subscription, types, ...config } = schema.toConfig();
  if (subscription === undefined || subscription === null) return schema;
  const fields = Object.values(subscription.getFields()).map(({ name, type }) => [name, { type }] as const);
  const events = new GraphQLObjectType({ name: subscription.name, fields: Object.fromEntries(fields) });
  return new GraphQLSchema({
    ...config,
    types: types.filter(({ name }) => name !== subscription.name),
    subscription: events,
    assumeValid: true,
  });
}

/** The document that goes with the schema of events. */
export function toEventDocument(schema: GraphQLSchema, document: DocumentNode, operationName: string | null): DocumentNode {
  const info = new TypeInfo(schema);
  const subscription = schema.getSubscriptionType();
  const bare: DocumentNode = visit(
    document,
    visitWithTypeInfo(info, {
      Field: (node): FieldNode | undefined =>
        info.getParentType() === subscription ? { ...node, arguments: [], directives: conditions(node) } : undefined,
      OperationDefinition: (node): OperationDefinitionNode => ({ ...node, directives: [] }),
    }),
  );
  const used = usedVariables(bare);
  const operation = getOperationAST(bare, operationName);
  return {
    ...bare,
    definitions: bare.definitions.map((definition) =>
      definition === operation ? { ...operation, variableDefinitions: kept(operation, used) } : definition,
    ),
  };
}

function conditions({ directives }: FieldNode): NonNullable<FieldNode['directives']> {
  return (directives ?? []).filter(({ name }) => name.value === 'skip' || name.value === 'include');
}

function kept({ variableDefinitions }: OperationDefinitionNode, used: ReadonlySet<string>): readonly VariableDefinitionNode[] {
  return (variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value));
}

function usedVariables(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, {
    Variable: (node, _key, parent) => {
      const declared = parent !== undefined && 'kind' in parent && parent.kind === Kind.VARIABLE_DEFINITION;
      if (!declared) names.add(node.name.value);
    },
  });
  return names;
}
