/** What has arrived of a body and was not read yet: filled by a parser that calls back, emptied by one reader that waits. */
export interface Inbox {
  put(piece: Buffer): void;
  /** All that is there, waiting for some; empty once the body has ended. Rejects with what the body failed with, after the last piece. */
  take(): Promise<readonly Buffer[]>;
  end(): void;
  fail(error: unknown): void;
  /** Forgets what was not read. */
  clear(): void;
  readonly bytes: number;
}

export function createInbox(): Inbox {
  let pieces: Buffer[] = [];
  let bytes = 0;
  let outcome: { readonly error: unknown } | 'ended' | null = null;
  let waiter: PromiseWithResolvers<void> | null = null;

  const wake = (): void => {
    waiter?.resolve();
    waiter = null;
  };
  const clear = (): readonly Buffer[] => {
    const taken = pieces;
    pieces = [];
    bytes = 0;
    return taken;
  };

  return {
    get bytes() {
      return bytes;
    },
    put(piece) {
      pieces.push(piece);
      bytes += piece.length;
      wake();
    },
    async take() {
      while (pieces.length === 0) {
        if (outcome === 'ended') return [];
        if (outcome !== null) throw outcome.error;
        waiter = Promise.withResolvers();
        await waiter.promise;
      }
      return clear();
    },
    end() {
      outcome ??= 'ended';
      wake();
    },
    fail(error) {
      outcome ??= { error };
      wake();
    },
    clear,
  };
}
