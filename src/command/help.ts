import type { Command, CommandOption } from './command.ts';

/** What every command takes. */
const commonOptions = {
  json: { says: 'Writes JSON, for programs.' },
  url: { value: 'url', says: 'The gateway to ask. Default: the one that holds the data folder, if one does.' },
  'admin-key-file': { value: 'file', says: "A file with an administrator's key, for asking a gateway. Default: MODELGRAPH_ADMIN_KEY." },
  help: { says: 'Says this.' },
} as const;

type HelpOption = Pick<CommandOption, 'says'> & Partial<CommandOption>;

export function helpOf(command: Command): string {
  const operand = command.operand === null ? '' : ' <id>';
  const needed = Object.entries(command.options).flatMap(([name, option]) => (option.needed ? [` --${name} <${option.value}>`] : []));
  return [
    `modelgraph ${command.noun} ${command.verb}${operand}${needed.join('')}`,
    '',
    `  ${command.says}`,
    ...(command.operand === null ? [] : [`  <id> is ${command.operand}.`]),
    '',
    ...writeOptions({ ...command.options, ...commonOptions }),
  ].join('\n');
}

function writeOptions(options: Readonly<Record<string, HelpOption>>): readonly string[] {
  const heads = Object.entries(options).map(
    ([name, { value, says }]) => [`--${name}${value === undefined ? '' : ` <${value}>`}`, says] as const,
  );
  const width = Math.max(...heads.map(([head]) => head.length));
  return heads.map(([head, says]) => `  ${head.padEnd(width)}  ${says}`);
}

export function listCommands(commands: readonly Command[]): string {
  const heads = commands.map(
    ({ noun, verb, operand, says }) => [`modelgraph ${noun} ${verb}${operand === null ? '' : ' <id>'}`, says] as const,
  );
  const width = Math.max(...heads.map(([head]) => head.length));
  return heads.map(([head, says]) => `  ${head.padEnd(width)}  ${says}`).join('\n');
}
