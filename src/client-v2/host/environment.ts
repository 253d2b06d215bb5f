import type { Application } from '@nocobase/client-v2';

interface VariableRow {
  name: string;
  type?: string;
}

/** Names of the variables and secrets that the environment-variables plugin keeps. */
export class Environment {
  private rows: readonly { name: string; secret?: boolean }[] = [];

  constructor(private readonly app: Pick<Application, 'apiClient' | 'pm'>) {}

  names(): readonly { name: string; secret?: boolean }[] {
    return this.rows;
  }

  /** Asks the server; without the plugin, or without the right to see them, there are none. */
  async load(): Promise<void> {
    if (!this.app.pm.get('environment-variables')) return;
    try {
      const { data } = await this.app.apiClient.request<VariableRow[]>({
        url: 'environmentVariables:list',
        params: { paginate: false },
        skipNotify: true,
      });
      this.rows = data.data.map(({ name, type }) => ({ name, secret: type === 'secret' }));
    } catch {
      // Names of variables are a convenience: what was typed keeps working without them.
      this.rows = [];
    }
  }
}
