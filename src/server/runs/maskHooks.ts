import type { Model } from '@nocobase/database';
import { createEnvironmentMasker } from '../expressions/mask';
import type { WorkflowPlugin } from '../contract';

/** Columns of runs that may hold what nodes produce. */
const COLUMNS = { jobs: ['result', 'meta', 'log'], executions: ['output'] };

/** Masks secrets in jobs and executions that are saved as models: by extensions, and by `plugin.resume()`. */
export function registerMaskHooks({ app, db }: WorkflowPlugin): void {
  const mask = createEnvironmentMasker(app.environment);
  for (const [collection, columns] of Object.entries(COLUMNS)) {
    db.on(`${collection}.beforeSave`, (row: Model) => {
      for (const column of columns.filter((name) => row.changed(name))) {
        const value: unknown = row.get(column);
        const masked = mask(value);
        if (masked !== value) {
          row.set(column, masked);
        }
      }
    });
  }
}
