import type { FieldDefinitionNode } from 'graphql';
import { Kind, parse } from 'graphql';
import type { Scope } from '../../src/domain/principal.ts';
import { scopes } from '../../src/domain/principal.ts';
import { sdl } from './sdl.ts';

/** Every scope as a row of a Markdown table: what it permits, and the root fields that ask for it. */
export function scopeTable(): string {
  const guarded = parse(sdl.join('\n')).definitions.flatMap(rootFields).map(toGuarded);
  const rows = Object.entries(scopes).map(([scope, permits]) => {
    const fields = guarded.filter(({ asks }) => asks.includes(scope)).map(({ name }) => `\`${name}\``);
    return `| \`${scope}\` | ${permits} | ${[...new Set(fields)].toSorted().join(' ')} |`;
  });
  return ['| scope | permits | root fields |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The scopes that a text names in backticks. */
export function scopesIn(text: string): readonly string[] {
  return [...text.matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name = '']) => name);
}

export function isScope(name: string): name is Scope {
  return Object.hasOwn(scopes, name);
}

const roots = ['Query', 'Mutation', 'Subscription'];

function rootFields(definition: ReturnType<typeof parse>['definitions'][number]): readonly FieldDefinitionNode[] {
  const isRoot = definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION;
  return isRoot && roots.includes(definition.name.value) ? (definition.fields ?? []) : [];
}

function toGuarded({ name, directives = [] }: FieldDefinitionNode) {
  const given = directives.find((directive) => directive.name.value === 'auth')?.arguments ?? [];
  const asks = given.flatMap(({ value }) => (value.kind === Kind.LIST ? value.values : [value]));
  return { name: name.value, asks: asks.flatMap((value) => (value.kind === Kind.ENUM ? [value.value] : [])) };
}
