import { openWebSocket } from './webSocket.ts';

/** The client's side of `graphql-transport-ws`: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md */
export interface SubscriptionSocket {
  /** Resolves when the server completes the subscription; rejects when it answers an error or the socket closes. */
  subscribe(payload: object, onNext: (result: unknown) => void): { readonly ended: Promise<void>; leave(): void };
  close(): void;
}

interface Operation {
  readonly onNext: (result: unknown) => void;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

interface ServerMessage {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

function answerTo(operations: Map<string, Operation>, { type, id = '', payload }: ServerMessage): void {
  const operation = operations.get(id);
  if (operation === undefined) return;
  if (type === 'next') {
    operation.onNext(payload);
    return;
  }
  operations.delete(id);
  if (type === 'complete') operation.resolve();
  else operation.reject(new Error(`The subscription was refused: ${JSON.stringify(payload)}`));
}

export async function openSubscriptions(port: number, secret: string): Promise<SubscriptionSocket> {
  const operations = new Map<string, Operation>();
  const acknowledged = Promise.withResolvers<void>();
  const onText = (text: string) => {
    // The server is the one under test: what is not of this shape fails the checks on the answer.
    const message = JSON.parse(text) as ServerMessage;
    if (message.type === 'connection_ack') acknowledged.resolve();
    else if (message.type === 'ping') socket.send('{"type":"pong"}');
    else answerTo(operations, message);
  };
  const onClose = (reason: string) => {
    const error = new Error(`The socket closed: ${reason}`);
    acknowledged.reject(error);
    for (const { reject } of operations.values()) reject(error);
  };
  const socket = await openWebSocket({ port, path: '/graphql', protocol: 'graphql-transport-ws', onText, onClose });
  socket.send(JSON.stringify({ type: 'connection_init', payload: { Authorization: `Bearer ${secret}` } }));
  await acknowledged.promise;

  let count = 0;
  return {
    subscribe(payload, onNext) {
      count += 1;
      const id = String(count);
      const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
      operations.set(id, { onNext, resolve, reject });
      socket.send(JSON.stringify({ id, type: 'subscribe', payload }));
      const leave = () => {
        operations.delete(id);
        socket.send(JSON.stringify({ id, type: 'complete' }));
        resolve();
      };
      return { ended, leave };
    },
    close: socket.close,
  };
}
