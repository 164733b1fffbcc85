/** Exit codes: 1, it could not be done; 2, it was typed wrong and nothing was tried. */
export type FailureCode = 1 | 2;

/** Ends a command, in a sentence for whoever typed it. */
export class CommandFailure extends Error {
  readonly exitCode: FailureCode;
  constructor(sentence: string, { exitCode = 1, ...options }: ErrorOptions & { readonly exitCode?: FailureCode } = {}) {
    super(sentence, options);
    this.exitCode = exitCode;
  }
}

export function typedWrong(sentence: string): CommandFailure {
  return new CommandFailure(sentence, { exitCode: 2 });
}
