import type { AlertService } from '../../src/gateway/alertService.ts';
import type { AliasService } from '../../src/gateway/aliasService.ts';
import type { Admission, CallSubject, OperationAdmission } from '../../src/gateway/callAdmission.ts';
import type { CostService } from '../../src/gateway/costService.ts';
import type {
  Access,
  Administration,
  ClientTokenService,
  CompletionService,
  EmbeddingService,
  EstimateService,
  Gateway,
  ModelService,
  QuotaService,
  RequestDefaults,
  UsageService,
} from '../../src/gateway/gateway.ts';
import { unset } from './unset.ts';

export interface FakeServices {
  readonly access?: Partial<Access>;
  readonly clientTokens?: Partial<ClientTokenService>;
  readonly completions?: Partial<CompletionService>;
  readonly embeddings?: Partial<EmbeddingService>;
  readonly estimates?: Partial<EstimateService>;
  readonly aliases?: Partial<AliasService>;
  readonly models?: Partial<ModelService>;
  readonly usage?: Partial<UsageService>;
  readonly costs?: Partial<CostService>;
  readonly quotas?: Partial<QuotaService>;
  readonly alerts?: Partial<AlertService>;
  readonly administration?: Partial<Administration>;
  readonly defaults?: Partial<RequestDefaults>;
  /** Thrown instead of admitting. */
  readonly refusal?: Error;
}

export interface FakeGateway extends Gateway {
  /** What each operation was admitted for, in order. */
  readonly admitted: readonly (readonly CallSubject[])[];
  /** How many admissions have been given back. */
  readonly returned: number;
}

export const fakeDefaults: RequestDefaults = {
  timeouts: { firstTokenMs: 60_000, idleMs: 30_000, totalMs: 600_000 },
  graceMs: 30_000,
  sort: null,
  maxOutputTokens: null,
  embeddings: { coalesceMs: 2 },
  attempts: 4,
  backoffMs: 500,
  breaker: { failures: 5, openMs: 5000 },
};

/** A gateway of what a test sets; admission lets everything pass and keeps account of it. */
export function fakeGateway(services: FakeServices = {}): FakeGateway {
  const admitted: (readonly CallSubject[])[] = [];
  let returned = 0;
  const admission: Admission = {
    async admit(_caller, calls) {
      if (services.refusal !== undefined) throw services.refusal;
      admitted.push(calls);
      return fakeAdmission(() => {
        returned++;
      });
    },
  };
  return {
    access: unset('access', services.access ?? {}),
    clientTokens: unset('clientTokens', services.clientTokens ?? {}),
    admission,
    completions: unset('completions', services.completions ?? {}),
    embeddings: unset('embeddings', services.embeddings ?? {}),
    estimates: unset('estimates', services.estimates ?? {}),
    aliases: unset('aliases', services.aliases ?? {}),
    models: unset('models', services.models ?? {}),
    usage: unset('usage', services.usage ?? {}),
    costs: unset('costs', services.costs ?? {}),
    quotas: unset('quotas', services.quotas ?? {}),
    alerts: unset('alerts', services.alerts ?? {}),
    administration: unset('administration', services.administration ?? {}),
    defaults: { ...fakeDefaults, ...services.defaults },
    admitted,
    get returned() {
      return returned;
    },
  };
}

function fakeAdmission(onDispose: () => void): OperationAdmission {
  return {
    take: () => ({ priced: null, holds: [], draw: 0, settle: () => [], [Symbol.dispose]: () => {} }),
    isLimited: () => false,
    [Symbol.dispose]: onDispose,
  };
}
