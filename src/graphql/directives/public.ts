import type { SchemaDirective } from './directive.ts';

/** `@public`: anybody is answered. It only says so; the schema is refused where a root field says neither this nor `@auth`. */
export const publicField: SchemaDirective = { name: 'public', apply: (field) => field };
