import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';

/** RFC 6455 by hand, for the same reason as `http.ts`: text frames without compression, which is all that graphql-ws uses. */
export interface WebSocketOrder {
  readonly port: number;
  readonly path: string;
  readonly protocol: string;
  readonly onText: (text: string) => void;
  readonly onClose: (reason: string) => void;
}

export interface TextSocket {
  send(text: string): void;
  close(): void;
}

const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const;

/** A client's frame is masked; the mask of zeros is one, and leaves the bytes as they are. */
function toFrame(opcode: number, payload: Buffer): Buffer {
  const long = payload.length > 125;
  const head = Buffer.alloc(long ? 8 : 6);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (long ? 126 : payload.length);
  if (long) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}

interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
  readonly next: number;
}

function readFrame(bytes: Buffer, at: number): Frame | null {
  if (bytes.length < at + 2) return null;
  const short = bytes.readUInt8(at + 1) & 0x7f;
  const sizeBytes = { 126: 2, 127: 8 }[short] ?? 0;
  const begin = at + 2 + sizeBytes;
  if (bytes.length < begin) return null;
  // The lower six bytes hold every length that a run can bring.
  const length = sizeBytes === 0 ? short : bytes.readUIntBE(begin - Math.min(sizeBytes, 6), Math.min(sizeBytes, 6));
  if (bytes.length < begin + length) return null;
  const first = bytes.readUInt8(at);
  if ((first & 0x80) === 0) throw new Error('The server split a frame, which this client does not read.');
  return { opcode: first & 0x0f, payload: bytes.subarray(begin, begin + length), next: begin + length };
}

function handshake({ port, path, protocol }: WebSocketOrder): string {
  return [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: YmVuY2gtYmVuY2gtYmVuYw==',
    `Sec-WebSocket-Protocol: ${protocol}`,
    '\r\n',
  ].join('\r\n');
}

/** Reads the answer to the handshake and returns what came after it. */
async function readUpgrade(socket: Socket): Promise<Buffer> {
  let bytes: Buffer = Buffer.alloc(0);
  while (!bytes.includes('\r\n\r\n')) {
    const [chunk]: Buffer[] = await once(socket, 'data');
    bytes = Buffer.concat([bytes, chunk ?? Buffer.alloc(0)]);
  }
  if (!bytes.toString('latin1').startsWith('HTTP/1.1 101'))
    throw new Error(`The server refused the WebSocket: ${bytes.toString('latin1', 0, 60)}`);
  return bytes.subarray(bytes.indexOf('\r\n\r\n') + 4);
}

function closeReason(payload: Buffer): string {
  return payload.length < 2 ? 'no code' : `${payload.readUInt16BE(0)} ${payload.subarray(2)}`;
}

/** Cuts the arriving bytes into frames and keeps what is not yet a whole one. */
function createFrameReader(onFrame: (frame: Frame) => void) {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    for (let frame = readFrame(rest, at); frame !== null; frame = readFrame(rest, at)) {
      at = frame.next;
      onFrame(frame);
    }
    rest = rest.subarray(at);
  };
}

function listen(socket: Socket, first: Buffer, order: WebSocketOrder): void {
  let reason = 'no close frame';
  const read = createFrameReader(({ opcode, payload }) => {
    if (opcode === opcodes.text) order.onText(payload.toString());
    else if (opcode === opcodes.ping) socket.write(toFrame(opcodes.pong, payload));
    else if (opcode === opcodes.close) reason = closeReason(payload);
  });
  read(first);
  socket.on('data', read).on('close', () => order.onClose(reason));
}

export async function openWebSocket(order: WebSocketOrder): Promise<TextSocket> {
  const socket = connect({ port: order.port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  socket.on('error', () => undefined); // The close that follows is reported.
  socket.write(handshake(order));
  listen(socket, await readUpgrade(socket), order);
  return {
    send: (text) => socket.write(toFrame(opcodes.text, Buffer.from(text))),
    close: () => socket.destroy(),
  };
}
