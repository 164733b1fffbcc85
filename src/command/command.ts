import type { JsonValue } from '../domain/json.ts';
import type { Desk } from './desk.ts';

/** An option that takes a value. */
export interface CommandOption {
  /** The value's name in the help. */
  readonly value: string;
  readonly says: string;
  readonly needed?: true;
}

/** What was typed behind the command's words. */
export interface Given {
  /** The operand; empty where the command takes none. */
  readonly operand: string;
  /** The value of an option; null when it was not given. */
  option(name: string): string | null;
}

/** What a command has to say: the same for programs and for people. */
export interface Outcome {
  readonly json: JsonValue;
  readonly text: string;
}

export interface Command {
  readonly noun: string;
  readonly verb: string;
  readonly says: string;
  /** The name of its one operand; null: it takes none. */
  readonly operand: string | null;
  readonly options: Readonly<Record<string, CommandOption>>;
  /** It makes something, so it may be the first that is done on an empty folder. */
  readonly makes?: true;
  run(desk: Desk, given: Given): Promise<Outcome>;
}
