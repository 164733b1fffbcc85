import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { DatabaseLedgerOptions } from '../store/ledger/databaseLedger.ts';
import { openDatabaseLedger } from '../store/ledger/databaseLedger.ts';
import { openLedger } from '../store/ledger/ledger.ts';
import { ephemeralPlaceOf } from '../system/mount.ts';

type LedgerSetting = Pick<Config, 'dataFolder' | 'ledger'>;

/** The ledger that the operator has chosen. */
export function openConfiguredLedger(
  { dataFolder, ledger }: LedgerSetting,
  parts: Omit<DatabaseLedgerOptions, 'onDisowned' | 'folder'>,
): Promise<Ledger> {
  const folder = join(dataFolder, 'wal');
  const settings = { sync: ledger.durability === 'fdatasync', mostBytes: ledger.maxBytes };
  switch (ledger.wal) {
    case 'file':
      return openLedger({ ...parts, folder, settings });
    case 'database':
      return openDatabaseLedger({ ...parts, folder, onDisowned: () => leave(parts) });
    default:
      return ledger.wal satisfies never;
  }
}

/** Null: the ledger stands where it stays. */
export function ledgerWarning({ dataFolder, ledger }: LedgerSetting): string | null {
  const place = ledger.wal === 'file' ? ephemeralPlaceOf(dataFolder) : null;
  if (place === null) return null;
  return `The data folder is in ${place}, and with it the record of calls under way is lost: mount a volume, or set MODELGRAPH_WAL=database.`;
}

/** Its calls were booked by others and it can begin none: it ends in order, as a failure, so that its supervisor starts another in its place. */
function leave({ log }: Pick<DatabaseLedgerOptions, 'log'>): void {
  log.error(
    'Another replica took this one for dead and has booked its calls: it was not heard for 30 s. It shuts down, to be started anew.',
  );
  process.exitCode = 1;
  process.kill(process.pid, 'SIGTERM');
}
