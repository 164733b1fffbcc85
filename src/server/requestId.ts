import type { IncomingMessage } from 'node:http';
import type { GraphQLError } from 'graphql';

/** The id that the client, or a proxy before us, has given its request, where it is fit to stand in logs and headers; else a new one. */
export function readRequestId(request: IncomingMessage, newRequestId: () => string): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : newRequestId();
}

/** Writes the request's id into errors that know nothing of requests: those of GraphQL itself. */
export function nameRequest(errors: readonly GraphQLError[] | undefined, requestId: string): void {
  for (const { extensions } of errors ?? []) extensions['requestId'] ??= requestId;
}
