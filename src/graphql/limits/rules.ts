import type { OperationDefinitionNode, ValidationRule } from 'graphql';
import { GraphQLError, NoSchemaIntrospectionCustomRule } from 'graphql';
import type { Limits } from './limits.ts';
import type { Size } from './measure.ts';
import { measureOperation } from './measure.ts';

type Measure = keyof Size;

/** What is limited, and how a document that exceeds it is told. */
const sentences: Readonly<Record<Measure, (size: number, limit: number) => string>> = {
  depth: (size, limit) => `The operation is ${size} fields deep; at most ${limit} are answered.`,
  aliases: (size, limit) => `The operation has ${size} aliases; at most ${limit} are answered.`,
  rootFields: (size, limit) => `The operation has ${size} root fields; at most ${limit} are answered.`,
  directives: (size, limit) => `The operation has ${size} directives; at most ${limit} are answered.`,
};
const measures: readonly Measure[] = ['depth', 'aliases', 'rootFields', 'directives'];

/** The rules beyond GraphQL's own, for every transport. */
export function createLimitRules(limits: Limits, introspection: boolean): readonly ValidationRule[] {
  const sizes = sizeRule(limits);
  return introspection ? [sizes] : [sizes, NoSchemaIntrospectionCustomRule];
}

function sizeRule(limits: Limits): ValidationRule {
  return (context) => ({
    OperationDefinition(node: OperationDefinitionNode) {
      const size = measureOperation(node, context);
      for (const measure of measures) {
        if (size[measure] <= limits[measure]) continue;
        context.reportError(
          new GraphQLError(sentences[measure](size[measure], limits[measure]), {
            nodes: node,
            extensions: { code: 'OPERATION_TOO_COSTLY' },
          }),
        );
      }
      return false;
    },
  });
}
