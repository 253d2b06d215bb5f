/**
 * The parts that this package uses of modules that only the browser host has: npm does not carry their types.
 * What they do is settled by the tests that run in a real browser.
 */

declare module '@nocobase/utils/client' {
  export { Registry } from '@nocobase/utils';
}

declare module '@nocobase/flow-engine' {
  import type { ReactNode } from 'react';

  export class FlowModel {
    context: Record<string, any>;
    props: Record<string, any>;
    render(): ReactNode;
  }
}

declare module '@nocobase/client-v2' {
  import type { ComponentType, ReactNode } from 'react';

  export interface RequestConfig {
    url: string;
    method?: 'get' | 'post';
    params?: Record<string, unknown>;
    data?: unknown;
    skipNotify?: boolean;
  }

  export interface ApiClient {
    request<T>(config: RequestConfig): Promise<{ data: { data: T; meta?: { count?: number } } }>;
  }

  type Loader = () => Promise<{ default: ComponentType }>;

  export interface Application {
    apiClient?: ApiClient;
    flowEngine: {
      context: { api: ApiClient };
      registerModels(models: Record<string, unknown>): void;
    };
    pluginSettingsManager: {
      addMenuItem(options: {
        key: string;
        title: ReactNode;
        icon?: string;
        isPinned?: boolean;
        sort?: number;
        aclSnippet?: string;
      }): void;
      addPageTabItem(options: {
        menuKey: string;
        key: string;
        title: ReactNode;
        aclSnippet?: string;
        sort?: number;
        componentLoader: Loader;
      }): void;
    };
  }

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
