import { userInfo } from 'node:os';
import { ensureDefaultTeam } from '../app/firstStart.ts';
import { readSchema } from '../app/schema.ts';
import type { AuditActor } from '../domain/audit.ts';
import { GatewayError } from '../domain/errors.ts';
import { userHolder } from '../domain/holder.ts';
import { toId } from '../domain/id.ts';
import type { Principal } from '../domain/principal.ts';
import type { Team } from '../domain/tenancy.ts';
import { createAdministration } from '../gateway/administration.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { createGraph } from '../graphql/createGraph.ts';
import { createApiKeySecrets } from '../identity/apiKey.ts';
import type { StoreLocation } from '../store/store.ts';
import { openStore } from '../store/store.ts';
import { createClock } from '../system/clock.ts';
import { createIds } from '../system/ids.ts';
import { createLog } from '../system/log.ts';
import { readAnswer } from './answer.ts';
import type { OpenDesk } from './desk.ts';

export interface StoreDeskSettings {
  readonly location: StoreLocation;
  readonly place: string;
}

/**
 * Answers on the store itself, through the gateway's own graph and administration: whoever can open the folder or the database may do everything
 * anyway, so no key is asked for; the audit log names the user of this machine.
 */
export async function openStoreDesk({ location, place }: StoreDeskSettings): Promise<OpenDesk> {
  const clock = createClock();
  const ids = createIds(clock);
  const log = createLog('error');
  await using opening = new AsyncDisposableStack();
  const store = opening.use(await openStore({ location, clock }));
  const team = await ensureDefaultTeam(store, clock, ids);
  const secrets = createApiKeySecrets();
  const administration = createAdministration({ store, secrets, changed: () => undefined, pool: noQuotas, clock, ids });
  // The documents of the commands ask for nothing but the administration.
  const gateway = { administration } as Gateway;
  const graph = createGraph({ schema: readSchema(), gateway, clock, log }, { jit: false });
  const principal = operatorOf(team);
  const open = opening.move();
  return {
    place,
    async ask(text, variables = {}) {
      const document = graph.prepare(text, principal);
      if (!('kind' in document)) throw new Error(`A document of the command line does not fit the schema: ${document.join(' ')}`);
      const input = { principal, requestId: ids.next(), address: null, signal: new AbortController().signal, actor: actorOf() };
      const answer = await graph.execute({ document, operationName: null, variables }, graph.context(input));
      // As it would have travelled: scalars are written, prototypes gone.
      return readAnswer(JSON.parse(JSON.stringify(answer)), place);
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

const noQuotas = {
  quotas() {
    throw new GatewayError('INTERNAL', 'What was used is known to running gateways only.');
  },
};

const commandLine = 'command line';

function operatorOf({ organizationId, id }: Team): Principal {
  return {
    kind: 'USER',
    id: commandLine,
    holder: userHolder(organizationId, toId(commandLine)),
    organizationId,
    teamId: id,
    userId: null,
    apiKeyId: null,
    name: commandLine,
    scopes: new Set(['ADMIN']),
    allowedModels: null,
    allowedAddresses: null,
    rules: null,
    limits: [],
    expiresAt: null,
  };
}

function actorOf(): AuditActor {
  return { kind: 'SYSTEM', id: commandLine, name: userName() };
}

/** In a container the user may have a number and no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}
