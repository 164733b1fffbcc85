import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPackageRoot } from '../../src/system/packageRoot.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const root = findPackageRoot();

/** What a reader's own tsconfig.json says at the strictest of TypeScript's presets. */
const compilerOptions = { target: 'es2024', module: 'nodenext', strict: true, noEmit: true, skipLibCheck: true, types: ['node'] };

export interface Ran {
  readonly code: number | null;
  readonly output: string;
  readonly complaints: string;
}

export interface RunOptions {
  readonly url: string;
  readonly key: string | null;
  /** Called for each piece of its output as it comes. */
  readonly onOutput?: () => void;
}

/** The programs of a Markdown page, as files in a folder from which the repository's packages can be imported. */
export interface DocumentedPrograms extends Disposable {
  readonly names: readonly string[];
  run(name: string, options: RunOptions): Promise<Ran>;
  /** What the compiler says about all of them; empty when there is nothing to say. */
  check(): Promise<string>;
}

/** A program is a fenced block whose first line is a comment with its file name. */
export function openDocumentedPrograms(page: string): DocumentedPrograms {
  const folder = temporaryFolder();
  const names: string[] = [];
  const text = readFileSync(join(root, page), 'utf8');
  for (const [, program = '', name = ''] of text.matchAll(/^```(?:ts|sh)\n((?:\/\/|#) ([\w-]+\.(?:ts|sh))\n[\s\S]*?)^```$/gm)) {
    writeFileSync(join(folder.path, name), program);
    names.push(name);
  }
  symlinkSync(join(root, 'node_modules'), join(folder.path, 'node_modules'));
  writeFileSync(join(folder.path, 'package.json'), JSON.stringify({ type: 'module' }));
  writeFileSync(join(folder.path, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  const start = (command: string, args: readonly string[], { url, key, onOutput }: RunOptions) =>
    finish(
      spawn(command, [...args], {
        cwd: folder.path,
        // Libraries give their warnings under this condition, which bundlers set while one develops.
        env: { PATH: process.env['PATH'], NODE_OPTIONS: '--conditions=development', MODELGRAPH_URL: url, MODELGRAPH_KEY: key ?? '' },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
      onOutput,
    );
  return {
    names,
    run: (name, options) => start(name.endsWith('.sh') ? 'sh' : process.execPath, [...(name.endsWith('.sh') ? ['-e'] : []), name], options),
    async check() {
      const { output, complaints } = await start(join(root, 'node_modules/.bin/tsc'), ['-p', '.'], { url: '', key: null });
      return output + complaints;
    },
    [Symbol.dispose]: () => folder.remove(),
  };
}

async function finish(child: ReturnType<typeof spawn>, onOutput: (() => void) | undefined): Promise<Ran> {
  const output: string[] = [];
  const complaints: string[] = [];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output.push(text);
    onOutput?.();
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => complaints.push(text));
  const [code] = await once(child, 'close');
  return { code, output: output.join(''), complaints: complaints.join('') };
}
