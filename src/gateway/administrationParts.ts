import type { Clock } from '../ports/clock.ts';
import type { ApiKeySecrets } from '../ports/credential.ts';
import type { IdSource } from '../ports/idSource.ts';
import type { Store } from '../ports/store.ts';
import type { KeyAccess } from './access.ts';
import type { BudgetBook } from './budgetBook.ts';
import type { QuotaPool } from './quota.ts';

/** What the rooms of the administration work with. */
export interface AdministrationParts {
  readonly store: Store;
  readonly secrets: ApiKeySecrets;
  readonly access: KeyAccess;
  readonly book: BudgetBook;
  readonly pool: QuotaPool;
  readonly clock: Clock;
  readonly ids: IdSource;
}
