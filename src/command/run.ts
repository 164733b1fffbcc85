import { parseArgs } from 'node:util';
import { explainStartFailure } from '../app/startFailure.ts';
import type { Environment } from '../config/environment.ts';
import { nearest } from '../domain/nearest.ts';
import { budgetCommands } from './budget.ts';
import type { Command, Given } from './command.ts';
import type { Desk, OpenDesk } from './desk.ts';
import { CommandFailure, typedWrong } from './failure.ts';
import { helpOf, listCommands } from './help.ts';
import { keyCommands } from './key.ts';
import { openDesk } from './place.ts';
import { organizationCommands, teamCommands } from './tenancy.ts';

export interface Terminal {
  readonly env: Environment;
  /** Standard output: what was asked for, and secrets. */
  readonly say: (text: string) => void;
  /** Standard error: everything else. */
  readonly note: (text: string) => void;
}

const commands: readonly Command[] = [...keyCommands, ...organizationCommands, ...teamCommands, ...budgetCommands];

/** Runs what was typed behind `modelgraph`; answers the exit code: 0, 1 when it could not be done, 2 when it was typed wrong. */
export async function runCommand(words: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  try {
    await run(words, terminal);
    return 0;
  } catch (thrown) {
    if (thrown instanceof CommandFailure) {
      terminal.note(thrown.message);
      return thrown.exitCode;
    }
    const explained = explainStartFailure(thrown);
    if (explained === null) throw thrown;
    terminal.note(explained);
    return 1;
  }
}

async function run(words: readonly string[], { env, say, note }: Terminal): Promise<void> {
  const [noun = '', verb = '', ...rest] = words;
  const ofNoun = commands.filter((command) => command.noun === noun);
  if (ofNoun.length > 0 && (verb === '' || verb === '--help' || verb === '-h')) return say(listCommands(ofNoun));
  const command = ofNoun.find((one) => one.verb === verb);
  if (command === undefined) throw typedWrong(explainUnknown(noun, verb));
  const { given, json, url, adminKeyFile, help } = readWords(command, rest);
  if (help) return say(helpOf(command));
  await using desk = openLater(async () => {
    const opened = await openDesk({ env, url, adminKeyFile, mayMake: command.makes === true });
    note(`Acting ${opened.place}.`);
    return opened;
  });
  const outcome = await command.run(desk, given);
  say(json ? JSON.stringify(outcome.json, null, 2) : outcome.text);
}

/** Opened with the first question: what is typed wrong is found before, and nothing was touched. */
function openLater(open: () => Promise<OpenDesk>): Desk & AsyncDisposable {
  let opened: Promise<OpenDesk> | null = null;
  return {
    async ask(document, variables) {
      opened ??= open();
      return await (await opened).ask(document, variables);
    },
    async [Symbol.asyncDispose]() {
      const desk = await opened?.catch(() => null);
      await desk?.[Symbol.asyncDispose]();
    },
  };
}

function explainUnknown(noun: string, verb: string): string {
  const typed = `${noun} ${verb}`.trim();
  const [near] = nearest(
    typed,
    commands.map((command) => `${command.noun} ${command.verb}`),
  );
  const meant = near === undefined ? '' : ` Did you mean "${near}"?`;
  return `There is no command "${typed}".${meant}\n\n${listCommands(commands)}`;
}

interface Typed {
  readonly given: Given;
  readonly json: boolean;
  readonly url: string | null;
  readonly adminKeyFile: string | null;
  readonly help: boolean;
}

function readWords(command: Command, words: readonly string[]): Typed {
  const names = [...Object.keys(command.options), 'url', 'admin-key-file'];
  const { values, positionals } = parse(names, words);
  const option = (name: string): string | null => {
    const value = values[name];
    return typeof value === 'string' ? value : null;
  };
  const help = values['help'] === true;
  if (!help) checkComplete(command, { option, operands: positionals });
  return {
    given: { operand: positionals[0] ?? '', option },
    json: values['json'] === true,
    url: option('url'),
    adminKeyFile: option('admin-key-file'),
    help,
  };
}

interface Parsed {
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
}

function parse(names: readonly string[], words: readonly string[]): Parsed {
  const texts = names.map((name) => [name, { type: 'string' }] as const);
  const options = { ...Object.fromEntries(texts), json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (thrown) {
    // Node's sentence names the option, not its value.
    throw typedWrong(`${thrown instanceof Error ? thrown.message : String(thrown)}\n--help says what there is.`);
  }
}

function checkComplete(
  command: Command,
  { option, operands }: { readonly option: Given['option']; readonly operands: readonly string[] },
): void {
  const needed = command.operand === null ? 0 : 1;
  if (operands.length < needed) throw typedWrong(`Say which: ${command.operand}.`);
  if (operands.length > needed) throw typedWrong('There is a word too many; --help says what there is.');
  const missing = Object.entries(command.options).filter(([name, { needed: must }]) => must === true && (option(name) ?? '') === '');
  if (missing.length > 0)
    throw typedWrong(`${missing.map(([name]) => `--${name}`).join(' and ')} must be given; --help says what there is.`);
}
