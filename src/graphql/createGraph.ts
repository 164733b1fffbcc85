import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema, ValidationRule } from 'graphql';
import type { Principal } from '../domain/principal.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { GraphContext } from './context.ts';
import { callerOf } from './context.ts';
import { applyDirectives } from './directives/apply.ts';
import { embedFields } from './embed.ts';
import { executeOperation } from './execute.ts';
import type { ContextInput, Graph } from './graph.ts';
import { createCompiler } from './jit.ts';
import type { Limits } from './limits/limits.ts';
import { usualLimits } from './limits/limits.ts';
import { createLimitRules } from './limits/rules.ts';
import type { Loaders } from './loaders.ts';
import { createLoaders } from './loaders.ts';
import { createPrepare } from './prepare.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { createSubscriber } from './subscribe.ts';

export interface GraphParts {
  /** As `createSchema` makes it. */
  readonly schema: GraphQLSchema;
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly log: Log;
}

export interface GraphSettings {
  /** Operations are compiled; false: GraphQL executes them itself, with the same answers. Default: true. */
  readonly jit?: boolean;
  /** Who may ask for the schema: anyone, for development, or callers with a valid credential. Default: PRINCIPALS. */
  readonly introspection?: 'ANYONE' | 'PRINCIPALS';
  readonly limits?: Limits;
}

/** The schema, executable. */
export function createGraph(parts: GraphParts, settings: GraphSettings = {}): Graph {
  const { schema } = parts;
  const { jit = true, introspection = 'PRINCIPALS', limits = usualLimits } = settings;
  const executor = { schema, compiler: jit ? createCompiler(schema) : null };
  const subscriber = createSubscriber(executor, jit ? createCompiler : null);
  const rules = { anyone: createLimitRules(limits, introspection === 'ANYONE'), principals: createLimitRules(limits, true) };
  const rulesFor = (principal: Principal | null): readonly ValidationRule[] => (principal === null ? rules.anyone : rules.principals);
  const tokensFor = (principal: Principal | null) => (principal === null ? limits.anonymousTokens : limits.tokens);
  const prepareAnonymous = createPrepare(schema, { rules: rules.anyone, maxTokens: limits.anonymousTokens, maxErrors: limits.errors });
  const prepareKnown = createPrepare(schema, { rules: rules.principals, maxTokens: limits.tokens, maxErrors: limits.errors });
  return {
    schema,
    validationRules: rulesFor,
    maxTokens: tokensFor,
    prepare: (source, principal) => (principal === null ? prepareAnonymous(source) : prepareKnown(source)),
    context: (input) => createContext(parts, input),
    execute: (operation, context) => executeOperation(executor, operation, context),
    subscribe: (operation, context) => subscriber.subscribe(operation, context),
  };
}

/** The schema of these files, with resolvers and directives at work. Throws when they do not fit, or when a root field says neither `@auth` nor `@public`. */
export function createSchema(sdl: readonly string[]): GraphQLSchema {
  const typeDefs = sdl.join('\n');
  return applyDirectives(
    makeExecutableSchema({ typeDefs, resolvers, resolverValidationOptions: { requireResolversToMatchSchema: 'error' } }),
  );
}

function createContext({ gateway, clock, log }: GraphParts, { principal, requestId, address, actor, signal }: ContextInput): GraphContext {
  let loaders: Loaders | null = null;
  const context: GraphContext = {
    gateway,
    clock,
    log,
    requestId,
    signal,
    caller: principal === null ? null : { principal, requestId, address, actor },
    calls: [],
    admission: null,
    // Most operations look nothing up.
    get loaders() {
      loaders ??= createLoaders({ gateway, caller: () => callerOf(context), embed: (fields) => embedFields(fields, context) });
      return loaders;
    },
  };
  return context;
}
