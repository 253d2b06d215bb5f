import type { Plugin } from '@nocobase/server';
import { HOST_EPOCH_MS } from '../storage/ids';

/** When this plugin came into the database, in ms: no id is older, and no other database has the same. */
export async function installedAt({ pm, name }: Plugin): Promise<number> {
  const record = (await pm.repository?.findOne({ filter: { name } }).catch(() => null)) as { createdAt?: Date } | null | undefined;
  return record?.createdAt?.getTime() ?? HOST_EPOCH_MS;
}
