const finalText = 0x81;

/**
 * Text frames of a server (RFC 6455, section 5.2: final, not masked), all in one piece of memory. The `ws` package makes one or two pieces and a
 * write a frame; for a burst of events that is most of what it costs. Without compression it keeps no state between frames, so that
 * ours may stand between its own.
 */
export function encodeFrames(texts: readonly string[]): Buffer {
  const lengths = texts.map((text) => Buffer.byteLength(text));
  const buffer = Buffer.allocUnsafe(lengths.reduce((total, length) => total + headLength(length) + length, 0));
  let position = 0;
  for (const [index, text] of texts.entries()) {
    position = writeHead(buffer, position, lengths[index] ?? 0);
    position += buffer.write(text, position);
  }
  return buffer;
}

function headLength(length: number): number {
  if (length < 126) return 2;
  return length < 65_536 ? 4 : 10;
}

/** Answers the position behind it. */
function writeHead(buffer: Buffer, position: number, length: number): number {
  buffer[position] = finalText;
  if (length < 126) {
    buffer[position + 1] = length;
    return position + 2;
  }
  if (length < 65_536) {
    buffer[position + 1] = 126;
    return buffer.writeUInt16BE(length, position + 2);
  }
  buffer[position + 1] = 127;
  return buffer.writeBigUInt64BE(BigInt(length), position + 2);
}
