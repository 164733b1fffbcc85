/** One JSON text a line, split from bytes (https://github.com/ndjson/ndjson-spec). */
export interface LineReader {
  read(piece: Buffer): void;
  /** The last line may lack its end. */
  end(): void;
  /** Bytes of a line that has not ended yet. */
  readonly pendingBytes: number;
}

const lineFeed = 0x0a;

/** Cut at the last line feed, which is never inside a character, and decoded at once. */
export function createLineReader(onLine: (text: string) => void): LineReader {
  let pending: Buffer[] = [];
  let pendingBytes = 0;

  const readLines = (text: string): void => {
    for (const line of text.split('\n')) if (line.trim() !== '') onLine(line);
  };
  return {
    get pendingBytes() {
      return pendingBytes;
    },
    read(piece) {
      const last = piece.lastIndexOf(lineFeed);
      if (last < 0) {
        pending.push(piece);
        pendingBytes += piece.length;
        return;
      }
      const text = Buffer.concat([...pending, piece.subarray(0, last)]).toString('utf8');
      const rest = piece.subarray(last + 1);
      pending = rest.length === 0 ? [] : [rest];
      pendingBytes = rest.length;
      readLines(text);
    },
    end() {
      const text = Buffer.concat(pending).toString('utf8');
      pending = [];
      pendingBytes = 0;
      readLines(text);
    },
  };
}
