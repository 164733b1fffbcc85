import type { Fetcher } from '@graphiql/toolkit';
import { authorization, judgeKey } from '../key/credential.ts';
import type { Keyring } from '../key/keyring.ts';
import type { StreamBoard } from '../stream/board.ts';
import { completionFields } from '../stream/fields.ts';
import type { Headers } from './http.ts';
import { post } from './http.ts';
import { readOperation } from './operation.ts';
import type { GraphResult } from './result.ts';
import { subscribe } from './socket.ts';

export interface Graph {
  readonly httpUrl: string;
  readonly socketUrl: string;
  readonly keyring: Keyring;
  readonly board: StreamBoard;
}

/** Runs GraphiQL's operations with `secret`, as the header over HTTP and in the connection's parameters over WebSocket; tells the keyring and the board. */
export function createFetcher({ httpUrl, socketUrl, keyring, board }: Graph, secret: string | null): Fetcher {
  const judge = (result: GraphResult): GraphResult => {
    judgeKey(keyring, secret, result);
    return result;
  };
  return ({ query, operationName = null, variables = {} }, options) => {
    const operation = readOperation(query, operationName);
    const request = { query, operationName: operation?.name?.value ?? operationName, variables };
    const headers = { ...authorization(secret), ...readHeaders(options?.headers) };
    if (operation?.operation === 'subscription') {
      const run = board.begin(completionFields(operation));
      const observer = { ...run, received: (result: GraphResult) => run.received(judge(result)) };
      return subscribe(socketUrl, request, { headers, observer });
    }
    // Without a document it is GraphiQL's own introspection, which must not wipe the streams that are being looked at.
    if (options?.documentAST !== undefined) board.clear();
    return post(httpUrl, request, headers).then(judge);
  };
}

function readHeaders(headers: unknown): Headers {
  if (typeof headers !== 'object' || headers === null) return {};
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
