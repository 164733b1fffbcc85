import type { Logger } from 'pino';
import { pino } from 'pino';
import type { Log, LogFields } from '../ports/log.ts';
import { redactFields } from './redaction.ts';

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Where lines go; a test hands in its own. */
export interface LogDestination {
  write(line: string): void;
}

/**
 * JSON lines on standard error: standard output belongs to what an operator asked for, such as the administrator key of the first start.
 * Written at once, so that the last words of a process that dies are not lost.
 */
export function createLog(level: LogLevel, destination: LogDestination = pino.destination({ fd: 2, sync: true })): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return wrap(pino(options, destination));
}

function wrap(logger: Logger): Log {
  return {
    debug: (message, fields) => write(logger, 'debug', [message, fields]),
    info: (message, fields) => write(logger, 'info', [message, fields]),
    warn: (message, fields) => write(logger, 'warn', [message, fields]),
    error: (message, fields) => write(logger, 'error', [message, fields]),
    with: (fields) => wrap(logger.child(redactFields(fields))),
  };
}

function write(logger: Logger, level: Exclude<LogLevel, 'silent'>, [message, fields]: readonly [string, LogFields | undefined]): void {
  // Asked first: what is not written is not searched for secrets.
  if (logger.isLevelEnabled(level)) logger[level](redactFields(fields ?? {}), message);
}
