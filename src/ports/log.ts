/** Facts beside a log line: ids, counts, codes. Never prompts, answers or secrets. `error` is anything thrown. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Structured lines for an operator. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A log whose every line carries these fields. */
  with(fields: LogFields): Log;
}
