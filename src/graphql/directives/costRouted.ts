import type { GraphQLField } from 'graphql';
import type { GraphContext } from '../context.ts';
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
    const usual: Usual = { sort: sortOf[args['default']] };
    const routed = wrapField(field, (inner) => (parent, fieldArgs, context, info) => {
      const options = mergeCallOptions(fieldArgs, info, { ...operatorsOr(usual, context) });
      return inner(parent, options, context, info);
    });
    return { ...routed, extensions: { ...field.extensions, [extension]: usual } };
  },
};

export function isRouted({ extensions }: GraphQLField<unknown, unknown>): boolean {
  return isUsual(extensions[extension]);
}

/** How the field's calls are routed when nobody says otherwise. */
interface Usual {
  readonly sort: RouteSort;
}

/** The operator's default outranks the schema's. */
function operatorsOr({ sort }: Usual, { gateway }: GraphContext): Usual {
  return { sort: gateway.defaults.sort ?? sort };
}

/** The arguments that the field's resolver will be handed: for what has to know them before. */
export function routedArguments({ extensions }: GraphQLField<unknown, unknown>, { args, place, context }: RoutedField) {
  const usual = extensions[extension];
  return isUsual(usual) ? mergeCallOptions(args, place, { ...operatorsOr(usual, context) }) : args;
}

interface RoutedField {
  readonly args: Readonly<Record<string, unknown>>;
  readonly place: FieldPlace;
  readonly context: GraphContext;
}

/** Extensions are anybody's; under this name only `apply` has put something. */
function isUsual(extension: unknown): extension is Usual {
  return typeof extension === 'object' && extension !== null && 'sort' in extension;
}
