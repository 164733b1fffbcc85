import type { Clock } from '../ports/clock.ts';
import type { ApiKeySecrets } from '../ports/credential.ts';
import type { IdSource } from '../ports/idSource.ts';
import type { ChangeListener, Store } from '../ports/store.ts';
import type { QuotaPool } from './quota.ts';

/** What the rooms of the administration work with. */
export interface AdministrationParts {
  readonly store: Store;
  readonly secrets: ApiKeySecrets;
  /** To be called when something has been changed here: what is remembered of it is forgotten at once. */
  readonly changed: ChangeListener;
  readonly pool: Pick<QuotaPool, 'quotas'>;
  readonly clock: Clock;
  readonly ids: IdSource;
}
