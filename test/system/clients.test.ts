import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildASTSchema, isUnionType, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPackageRoot } from '../../src/system/packageRoot.ts';
import { openCuttingProxy } from '../support/cuttingProxy.ts';
import type { DocumentedPrograms } from '../support/documentedPrograms.ts';
import { openDocumentedPrograms } from '../support/documentedPrograms.ts';
import { errorTable } from '../support/errorTable.ts';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import { askWell, createKey } from '../support/httpGraph.ts';
import { sdl } from '../support/sdl.ts';

const page = 'docs/clients.md';
const text = readFileSync(join(findPackageRoot(), page), 'utf8');
const hasCurl = spawnSync('curl', ['--version']).status === 0;

let gateway: GatewayProcess;
let programs: DocumentedPrograms;

beforeAll(async () => {
  programs = openDocumentedPrograms(page);
  gateway = await startGateway();
});
afterAll(async () => {
  programs[Symbol.dispose]();
  await gateway[Symbol.asyncDispose]();
});

/** A key of its own for each program, with no more than the page says it needs. */
async function keyOfApplication() {
  const admin = { graphUrl: gateway.graphUrl, key: gateway.adminKey };
  return createKey(admin, ['MODELS_READ', 'COMPLETIONS_WRITE', 'USAGE_READ']);
}

async function run(name: string): Promise<string> {
  const { graphUrl: url, key } = await keyOfApplication();
  const { code, output, complaints } = await programs.run(name, { url, key });
  expect({ code, complaints }, output).toEqual({ code: 0, complaints: '' });
  return output;
}

const story = 'This is a simulated answer to "Once upon a time".';
const cost = /\ncost: 0\.0000\d+ dollars\n$/;

describe('the README', () => {
  test('quotes the page for clients word for word, so that its programs are run here too', () => {
    const readme = readFileSync(join(findPackageRoot(), 'README.md'), 'utf8');
    const quoted = [...readme.matchAll(/^```(?:ts|sh)\n(?:\/\/|#) ([\w-]+\.(?:ts|sh))\n[\s\S]*?^```$/gm)];
    expect(quoted.map(([, name]) => name)).toEqual(['curl.sh', 'graphql-ws.ts', 'apollo-client.ts', 'urql.ts']);
    for (const [program] of quoted) expect(text).toContain(program);
  });
});

describe('the page for clients', () => {
  test('has the programs that are run here', () => {
    const expected = [
      'http.ts',
      'curl.sh',
      'graphql-ws.ts',
      'graphql-sse.ts',
      'apollo-client.ts',
      'urql.ts',
      'tools.ts',
      'resume.ts',
      'cancel.ts',
      'client-token.ts',
    ];
    expect(programs.names).toEqual(expected);
  });

  test('has programs that are typed', async () => {
    expect(await programs.check()).toBe('');
  });

  test('knows the members of every union, for Apollo Client', () => {
    const schema = buildASTSchema(parse(sdl.join('\n')), { assumeValidSDL: true });
    const unions = Object.values(schema.getTypeMap()).filter(isUnionType);
    for (const union of unions) {
      const members = union.getTypes().map(({ name }) => `'${name}'`);
      expect(text).toContain(`${union.name}: [${members.join(', ')}],`);
    }
  });

  test('knows every error code, and what the code says of it', () => {
    expect(/<!-- errors -->\n\n([\s\S]*?)\n\n<!-- end of errors -->/.exec(text)?.[1]).toBe(errorTable());
  });
});

describe('the program', () => {
  test('http.ts asks and says what it cost', async () => {
    const output = await run('http.ts');
    expect(output).toContain('This is a simulated answer to "Name a colour".');
    expect(output).toMatch(cost);
  });

  test.skipIf(!hasCurl)('curl.sh lists models and streams', async () => {
    const output = await run('curl.sh');
    const [models = '', ...events] = output.split(/(?=:\n\n)/);
    expect(JSON.parse(models)).toEqual({ data: { models: { nodes: [{ slug: 'sandbox/chat' }, { slug: 'sandbox/embed' }] } } });
    expect(events.join('')).toContain('event: next\ndata: {"data":{"completionStream":{"__typename":"CompletionStarted"}}}\n\n');
    expect(events.join('')).toMatch(/"__typename":"CompletionFinished".*\n\nevent: complete\ndata:\n\n$/);
  });

  test.each(['graphql-ws.ts', 'graphql-sse.ts'])('%s prints the answer as it is written', async (name) => {
    const output = await run(name);
    expect(output.startsWith(story)).toBe(true);
    expect(output).toMatch(cost);
  });

  test.each(['apollo-client.ts', 'urql.ts'])('%s asks by HTTP and streams by WebSocket', async (name) => {
    const output = await run(name);
    expect(output).toContain(`sandbox/chat, sandbox/embed\n${story}`);
    expect(output).toMatch(cost);
  });

  test('tools.ts hands the call of a tool back with its result', async () => {
    expect(await run('tools.ts')).toMatch(/^calls weather\nThis is a simulated answer/);
  });

  test('cancel.ts ends its call and hears of it', async () => {
    expect(await run('cancel.ts')).toBe('CANCELLED, usage ESTIMATED\nCANCELLED\n');
  });

  test('client-token.ts asks with a token that it has made', async () => {
    expect(await run('client-token.ts')).toContain('This is a simulated answer to "Name a colour".');
  });

  test('resume.ts goes on where it was when its connection is cut', async () => {
    await using proxy = await openCuttingProxy(Number(new URL(gateway.url).port));
    const key = await keyOfApplication();
    let cut = false;
    const { code, output, complaints } = await programs.run('resume.ts', {
      url: `http://127.0.0.1:${proxy.port}/graphql`,
      key: key.key,
      onOutput() {
        if (!cut) proxy.cut();
        cut = true;
      },
    });
    expect({ code, complaints }, output).toEqual({ code: 0, complaints: '' });
    expect(proxy.connections).toBe(2);
    expect(output.startsWith(story)).toBe(true);
    expect(output).toMatch(/\nwhole: true\n$/);
    const { completions } = await askWell(key, '{ completions { nodes { state } } }');
    expect(completions.nodes).toEqual([{ state: 'SUCCEEDED' }]);
  });

  test('http.ts says which error it met', async () => {
    const { code, complaints } = await programs.run('http.ts', { url: gateway.graphUrl, key: null });
    expect(code).not.toBe(0);
    expect(complaints).toContain('Error: UNAUTHENTICATED: ');
  });

  test.each(['graphql-ws.ts', 'apollo-client.ts', 'urql.ts', 'resume.ts'])('%s does not try a refused key again', async (name) => {
    await using proxy = await openCuttingProxy(Number(new URL(gateway.url).port));
    const { code, output } = await programs.run(name, { url: `http://127.0.0.1:${proxy.port}/graphql`, key: 'mg_live_wrong' });
    expect({ code, output }).toEqual({ code: 1, output: '' });
    expect(proxy.connections).toBe(1);
  });
});
