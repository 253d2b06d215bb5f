import { describe, expect, it } from 'vitest';
import { startHost } from '../helpers/host';
import { waitFor } from '../helpers/waitFor';

const PACKAGE_NAME = '@nocobase/plugin-workflow';

describe('plugin manager of the host', () => {
  it('knows the package under the name that it is installed as, compatible and with its texts', async () => {
    const host = await startHost();
    try {
      const plugins = await host.api.list('pm');
      expect(plugins.find(({ name }) => name === 'workflow')).toMatchObject({
        packageName: PACKAGE_NAME,
        enabled: true,
        isCompatible: true,
      });
      await host.api.update('systemSettings', 1, { enabledLanguages: ['en-US', 'zh-CN'] });
      const { data } = await host.api.get('app:getLang', { locale: 'zh-CN' });
      expect(data.resources.workflow).toMatchObject({ Workflow: '工作流' });
    } finally {
      await host.close();
    }
  });

  it('finds the plugin again when it was disabled and enabled', async () => {
    const host = await startHost();
    try {
      const row = async () => (await host.api.list('pm')).find(({ name }) => name === 'workflow');
      const names = (await host.api.list('pm')).filter(({ enabled }) => enabled).map(({ name }) => name as string);
      const dependents = names.filter((name) => name === 'ai' || name.startsWith('workflow-'));

      await host.api.post(`pm:disable?${[...dependents, 'workflow'].map((name) => `filterByTk[]=${name}`).join('&')}`);
      await waitFor(async () => !(await row()).enabled, { what: 'the plugin to be disabled' });
      await host.api.post('pm:enable?filterByTk=workflow');
      await waitFor(async () => (await row()).enabled, { what: 'the plugin to be enabled' });
      await host.restart();

      expect(await row()).toMatchObject({ enabled: true, packageName: PACKAGE_NAME });
      expect((await host.api.get('workflows:list')).status).toBe(200);
    } finally {
      await host.close();
    }
  });
});
