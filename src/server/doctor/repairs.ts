import type { CheckContext, Place } from './types';

/** Primary keys of the places of a finding. */
export const idsOf = (places: Place[]) => places.map(({ id }) => id);

/** A repair that deletes the rows of a table; `column` is the one that the places name. */
export const deletesFrom =
  (collection: string, column = 'id') =>
  async ({ plugin }: CheckContext, places: Place[]): Promise<void> => {
    await plugin.db.getModel(collection).destroy({ where: { [column]: idsOf(places) } });
  };
