import type { Alert } from '../domain/alert.ts';
import { toId } from '../domain/id.ts';
import type { AlertStore } from '../ports/store.ts';
import { createAlertDeliveryStore } from './alertDelivery.ts';
import { alertColumns, toAlert } from './alertRow.ts';
import type { Queries } from './database.ts';
import type { Notices } from './notices.ts';
import { cursorOf, pageOf } from './page.ts';
import { text } from './row.ts';
import { isUuid, toArrayOrNull } from './sqlValue.ts';

/** What raises them is the trigger `raise_budget_alerts` in the migrations. */
export function createAlertStore(database: Queries, notices: Notices): AlertStore {
  return {
    ...createAlertDeliveryStore(database, notices),
    async list({ organizationId, kinds, budgetId }, page) {
      if ([organizationId, budgetId].some((id) => id !== null && !isUuid(id))) return pageOf([], page, toAlert);
      const rows = await database.query(
        `select ${alertColumns} from alerts a join budgets b on b.id = a.budget_id
         where ($1::uuid is null or a.organization_id = $1) and ($2::text::text[] is null or a.kind = any($2::text::text[]))
           and ($3::uuid is null or a.budget_id = $3) and ($4::uuid is null or a.id < $4)
         order by a.id desc limit $5`,
        [organizationId, toArrayOrNull(kinds), budgetId, cursorOf(page), page.first + 1],
      );
      return pageOf(rows, page, toAlert);
    },
    async newest() {
      const [row] = await database.query('select id from alerts order by id desc limit 1');
      return row === undefined ? null : toId(text(row, 'id'));
    },
    async behind(id, most): Promise<readonly Alert[]> {
      const rows = await database.query(
        `select ${alertColumns} from alerts a join budgets b on b.id = a.budget_id where a.id > $1 order by a.id limit $2`,
        [id, most],
      );
      return rows.map(toAlert);
    },
  };
}
