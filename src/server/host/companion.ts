import type { Plugin } from '@nocobase/server';

/** The stock plugin whose trigger type is part of this one. */
const COMPANION = 'workflow-action-trigger';

/**
 * Keeps the stock companion from triggering every action a second time: enabled next to this plugin it would add a
 * request handler of its own. It stays listed and enabled, so that going back to stock needs no repair.
 */
export function standInForCompanion(plugin: Plugin): void {
  const companion = plugin.pm.get(COMPANION) as Plugin | undefined;
  if (companion) {
    companion.load = async () => {
      plugin.log.debug(`the trigger type of ${COMPANION} is part of ${plugin.name}`);
    };
  }
}
