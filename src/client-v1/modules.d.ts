/** The parts that this package uses of the v1 host's client, see src/client-v2/host/modules.d.ts. */

declare module '@nocobase/client' {
  import type { ComponentType, ReactNode } from 'react';
  import type { Application as ApplicationV2 } from '@nocobase/client-v2';

  export interface Application extends Omit<ApplicationV2, 'pluginSettingsManager'> {
    pluginSettingsManager: {
      add(
        name: string,
        options: {
          icon?: string;
          title: ReactNode;
          isPinned?: boolean;
          sort?: number;
          aclSnippet?: string;
          Component: ComponentType;
        },
      ): void;
    };
  }

  export function useApp(): Application & { pm: { get(name: string): any } };
  export function useDataSourceManager(): object;

  export class Plugin<Options = any, App = Application> {
    constructor(options: Options, app: App);
    options: Options;
    app: App;
    afterAdd(): Promise<void>;
    beforeLoad(): Promise<void>;
    load(): Promise<void>;
    t(text: string, options?: object): string;
  }
}
