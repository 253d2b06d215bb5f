import { createRequire } from 'node:module';
import type { Plugin } from '@nocobase/server';
import { PACKAGE_NAME, PLUGIN_NAME } from '../../common/constants';

/**
 * Makes the host know this package by the folder that it is installed in. The plugin manager takes the `name` in
 * package.json for that folder, and an alias leaves the name there under which the package was published: its page
 * would fail, and the plugin, enabled again after it was disabled, would not be found at the next start.
 */
export function adoptInstalledName(plugin: Plugin): void {
  // The object that the host gets as well when it requires the manifest.
  const manifest = createRequire(__filename)(`${PACKAGE_NAME}/package.json`) as { name: string };
  manifest.name = PACKAGE_NAME;

  plugin.app.on('afterEnablePlugin', async (name: string) => {
    if (name === PLUGIN_NAME) {
      await plugin.pm.repository.update({ filter: { name }, values: { packageName: PACKAGE_NAME } });
    }
  });
}
