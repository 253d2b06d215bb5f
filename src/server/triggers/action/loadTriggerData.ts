import type { ICollection } from '@nocobase/data-source-manager';
import type { Transaction } from 'sequelize';
import { toJSON } from '../../expressions/toJSON';
import { findUnknownAssociation } from './associations';
import { acceptsKind, type Plan, type PlannedRun, type WriteKind } from './plan';
import { pathsToLoad, reloadRows, walkPath, type Row } from './rows';

export interface WrittenRow {
  kind: WriteKind;
  row: Row;
}

/** Where rows were written, and what is to run for them. */
export interface TriggerDataSource {
  plan: Plan;
  collection: ICollection;
  /** looks up a collection of the same data source */
  findCollection(name: string): ICollection | undefined;
}

/** One planned run for one written row. */
export interface TriggerData {
  planned: PlannedRun;
  /** plain record without hidden fields; null where the to-one association is empty */
  data: unknown;
}

/**
 * What the workflows get: the written row itself, or the record at the end of a path, with the associations they
 * preload. Rows are read again only for associations, all in one go for each set of them.
 */
export async function loadTriggerData(
  source: TriggerDataSource,
  rows: WrittenRow[],
  transaction?: Transaction,
): Promise<TriggerData[]> {
  const loaded = new Map<string, Promise<Array<Row | undefined>>>();
  const load = (appends: string[]) => {
    const key = appends.join();
    const records =
      loaded.get(key) ??
      reloadRows(
        source.collection,
        rows.map(({ row }) => row),
        { appends, transaction },
      );
    loaded.set(key, records);
    return records;
  };
  const result: TriggerData[] = [];
  for (const [i, { kind, row }] of rows.entries()) {
    for (const planned of source.plan.runs) {
      if (acceptsKind(planned.workflow, kind)) {
        const paths = pathsToLoad(planned.path, getKnownAppends(source, planned));
        const record = paths.length ? ((await load(paths))[i] ?? row) : row;
        const data = walkPath(record, planned.path);
        result.push({ planned, data: data && toJSON(data) });
      }
    }
  }
  return result;
}

/** Associations that were removed after the workflow was configured must not make the write fail. */
function getKnownAppends({ collection, findCollection }: TriggerDataSource, { workflow, path }: PlannedRun): string[] {
  const { appends } = workflow.config;
  const isKnown = (name: unknown) =>
    !findUnknownAssociation(collection, [...path, ...String(name).split('.')], findCollection);
  return Array.isArray(appends) ? appends.filter(isKnown) : [];
}
