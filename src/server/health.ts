import { sendJson } from './answer.ts';
import type { Exchange, Handler } from './exchange.ts';

export interface Check {
  readonly ok: boolean;
  readonly detail?: string;
  readonly warning?: string;
}

/** Whether calls can be taken now, and what that stands on. */
export type Readiness = () => Promise<{ readonly ready: boolean; readonly checks: Readonly<Record<string, Check>> }>;

/** The process lives; nothing else is asked. */
export async function answerHealth(exchange: Exchange): Promise<void> {
  sendJson(exchange, 200, { alive: true });
}

/** `closing`: the gateway no longer wants calls, whatever it could do with them. */
export function createReadyHandler(readiness: Readiness, closing: () => boolean): Handler {
  return async (exchange) => {
    if (closing())
      return sendJson(exchange, 503, { ready: false, checks: { shutdown: { ok: false, detail: 'The gateway is shutting down.' } } });
    const { ready, checks } = await readiness();
    sendJson(exchange, ready ? 200 : 503, { ready, checks });
  };
}
