import { readFile } from 'node:fs/promises';

/** Self time by function from a V8 profile: https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile */
interface CpuProfile {
  readonly startTime: number;
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
}

/** On the monotonic clock that V8 stamps its samples with. */
export interface Window {
  readonly fromMicroseconds: number;
  readonly toMicroseconds: number;
}

export interface SelfTime {
  readonly module: string;
  readonly place: string;
  readonly milliseconds: number;
}

export function nowMicroseconds(): number {
  return Number(process.hrtime.bigint() / 1000n);
}

const packageName = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/;
const floorName = /\/src\/(.+\.ts)$/;

function toModule({ functionName, url }: CallFrame): string {
  if (url.startsWith('node:')) return url.startsWith('node:internal/') ? url.split('/').slice(0, 2).join('/') : url;
  if (url === '') return functionName.startsWith('(') ? functionName : 'native';
  const floor = floorName.exec(url)?.[1];
  if (floor !== undefined && !url.includes('/node_modules/')) return `src/${floor.split('/').slice(0, -1).join('/')}`;
  return packageName.exec(url)?.[1] ?? url;
}

function toPlace({ functionName, url, lineNumber }: CallFrame): string {
  return `${functionName === '' ? '(anonymous)' : functionName} ${url.replace(/^.*\/node_modules\//, '').replace(/^.*\/src\//, 'src/')}:${lineNumber + 1}`;
}

export async function readSelfTimes(path: string, { fromMicroseconds, toMicroseconds }: Window): Promise<readonly SelfTime[]> {
  // The file is V8's own.
  const profile = JSON.parse(await readFile(path, 'utf8')) as CpuProfile;
  const byNode = new Map<number, number>();
  let at = profile.startTime;
  for (const [index, node] of profile.samples.entries()) {
    const delta = profile.timeDeltas[index] ?? 0;
    at += delta;
    if (at >= fromMicroseconds && at <= toMicroseconds) byNode.set(node, (byNode.get(node) ?? 0) + delta / 1000);
  }
  return profile.nodes.flatMap(({ id, callFrame }) => {
    const milliseconds = byNode.get(id) ?? 0;
    return milliseconds === 0 || callFrame.functionName === '(idle)'
      ? []
      : [{ module: toModule(callFrame), place: toPlace(callFrame), milliseconds }];
  });
}
