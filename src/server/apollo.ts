import type { ApolloServerOptionsWithGateway, ApolloServerPlugin } from '@apollo/server';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { DocumentNode, ExecutionResult, GraphQLFormattedError } from 'graphql';
import { Kind } from 'graphql';
import type { Principal } from '../domain/principal.ts';
import type { GraphContext } from '../graphql/context.ts';
import type { Graph } from '../graphql/graph.ts';
import type { Log } from '../ports/log.ts';
import { nameRequest } from './requestId.ts';

/** One operation on its way through Apollo Server. */
export interface HttpOperation {
  readonly principal: Principal | null;
  readonly context: GraphContext;
  /** What the graph has answered; null while, or because, it was never asked. */
  result: ExecutionResult | null;
}

/** Apollo copies the outermost object. */
export interface ApolloContext {
  readonly operation: HttpOperation;
}

/** A page that can set one of these is no foreign one: browsers ask for permission before they send them. */
const csrfProofHeaders = ['x-apollo-operation-name', 'apollo-require-preflight', 'authorization'];

/** GraphQL over HTTP by Apollo Server: negotiation, CSRF prevention, persisted queries. What is said with GraphQL is prepared and executed by the graph. */
export async function createApollo(graph: Graph, log: Log): Promise<ApolloServer<ApolloContext>> {
  const apollo = new ApolloServer<ApolloContext>({
    gateway: toGateway(graph),
    // The graph keeps the documents, for each class of callers.
    documentStore: null,
    csrfPrevention: { requestHeaders: csrfProofHeaders },
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError,
    logger: toLogger(log),
    plugins: [
      preparedByGraph(graph),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await apollo.start();
  return apollo;
}

/** Apollo's word for an executor of one's own. */
function toGateway(graph: Graph): ApolloServerOptionsWithGateway<ApolloContext>['gateway'] {
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: graph.schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    async load() {
      return {
        async executor({ context, document, request }) {
          // The context is the one that `executeHTTPGraphQLRequest` was handed.
          const { operation } = context as ApolloContext;
          const { operationName = null, variables = {} } = request;
          const result = await graph.execute({ document, operationName, variables }, operation.context);
          operation.result = result;
          nameRequest(result.errors, operation.context.requestId);
          return result;
        },
      };
    },
    async stop() {},
  };
}

const nothing: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };

/**
 * Parsing and validation depend on who asks, which Apollo's cannot. So the document is set before Apollo looks for one: it then does
 * neither, and asks us for the response where there is no document.
 */
function preparedByGraph(graph: Graph): ApolloServerPlugin<ApolloContext> {
  const listener: Awaited<ReturnType<NonNullable<ApolloServerPlugin<ApolloContext>['requestDidStart']>>> = {
    async didResolveSource(request) {
      const { operation } = request.contextValue;
      const prepared = graph.prepare(request.source, operation.principal);
      if ('kind' in prepared) {
        Object.assign(request, { document: prepared });
        return;
      }
      nameRequest(prepared, operation.context.requestId);
      operation.result = { errors: prepared };
      Object.assign(request, { document: nothing });
    },
    async responseForOperation({ contextValue, response }) {
      const { result } = contextValue.operation;
      if (result === null) return null;
      const errors = result.errors?.map((error) => error.toJSON()) ?? [];
      return { http: response.http, body: { kind: 'single', singleResult: { errors } } };
    },
  };
  return {
    async requestDidStart() {
      return listener;
    },
  };
}

/** Apollo's own word for what nobody foresaw, as ours. */
function formatError(error: GraphQLFormattedError): GraphQLFormattedError {
  if (error.extensions?.['code'] !== 'INTERNAL_SERVER_ERROR') return error;
  return { message: 'Something went wrong inside the gateway.', extensions: { code: 'INTERNAL', retryable: true, retryAfterMs: null } };
}

function toLogger(log: Log) {
  const line = (message: unknown) => String(message);
  return {
    debug: (message: unknown) => log.debug(line(message)),
    info: (message: unknown) => log.info(line(message)),
    warn: (message: unknown) => log.warn(line(message)),
    error: (message: unknown) => log.error(line(message)),
  };
}
