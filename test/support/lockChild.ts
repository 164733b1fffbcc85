/** A process that takes the lock that it is told, says whether it has it, and stays. */
import { argv } from 'node:process';
import { tryLock } from '../../src/store/lock.ts';
import { createClock } from '../../src/system/clock.ts';

const lock = tryLock({ path: argv[2] ?? '', clock: createClock() });
lock?.announce('http://127.0.0.1:4000');
process.stdout.write(`${lock === null ? 'refused' : 'held'}\n`);
setInterval(() => undefined, 60_000);
