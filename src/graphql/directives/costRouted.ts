import type { GraphQLField } from 'graphql';
import type { RouteDefault, RouteSort } from '../generated/schemaTypes.ts';
import type { FieldPlace } from '../rootField.ts';
import { mergeCallOptions } from './callOptions.ts';
import type { SchemaDirective } from './directive.ts';
import { wrapField } from './directive.ts';

const extension = 'costRouted';
const sortOf = { CHEAPEST: 'PRICE' } as const satisfies Record<RouteDefault, RouteSort>;

/** `@costRouted(default)`: the field is routed. Its resolver is handed the route, timeout and cost limit that hold, as arguments. */
export const costRouted: SchemaDirective = {
  name: 'costRouted',
  apply(field, args) {
    if (args['default'] !== 'CHEAPEST') throw new Error('@costRouted knows the default CHEAPEST.');
    const usual = { sort: sortOf[args['default']] };
    const routed = wrapField(
      field,
      (inner) => (parent, fieldArgs, context, info) => inner(parent, mergeCallOptions(fieldArgs, info, usual), context, info),
    );
    return { ...routed, extensions: { ...field.extensions, [extension]: usual } };
  },
};

/** The arguments that the field's resolver will be handed: for what has to know them before. */
export function routedArguments(field: GraphQLField<unknown, unknown>, args: Readonly<Record<string, unknown>>, place: FieldPlace) {
  const usual = field.extensions[extension];
  return typeof usual === 'object' && usual !== null ? mergeCallOptions(args, place, { ...usual }) : args;
}
