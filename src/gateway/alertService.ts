import type { Alert, AlertDelivery } from '../domain/alert.ts';
import type { AlertId } from '../domain/id.ts';
import type { AlertFilter } from '../ports/alert.ts';
import type { Page, PageRequest } from '../ports/store.ts';
import type { Caller } from './caller.ts';
import type { EventCursor } from './cursor.ts';

export interface AlertService {
  /** Newest first. Throws NOT_FOUND for an organization that the caller may not see. */
  alerts(caller: Caller, filter: AlertFilter, page: PageRequest<AlertId>): Promise<Page<Alert>>;
  /** Those raised from now on, by whichever replica. Who is behind by too many is told STREAM_EXPIRED. */
  subscribe(caller: Caller, filter: AlertFilter): Promise<EventCursor<Alert>>;
  /** How they fare on their way to webhooks. */
  deliveries(ids: readonly AlertId[]): Promise<readonly AlertDelivery[]>;
}
