/**
 * The parts that this package uses of modules that only the browser host has: npm does not carry their types.
 * What they do is settled by the tests that run in a real browser.
 */

declare module '@nocobase/utils/client' {
  export { Registry } from '@nocobase/utils';
}

declare module '@nocobase/flow-engine' {
  import type { ComponentType, ReactNode } from 'react';

  /** A field of a collection as the flow engine holds it. */
  export interface EngineField {
    name: string;
    title: string;
    type: string;
    interface?: string;
    target?: string;
    foreignKey?: string;
    options: Record<string, any>;
    enum?: { value: string | number; label: string; color?: string }[];
  }

  export interface EngineCollection {
    name: string;
    title: string;
    dataSourceKey: string;
    filterTargetKey?: string | string[];
    hidden?: boolean;
    options: Record<string, any>;
    getFields(): EngineField[];
    getField(name: string): EngineField | undefined;
  }

  export interface EngineDataSource {
    key: string;
    displayName?: string;
    getCollections(): EngineCollection[];
    getCollection(name: string): EngineCollection | undefined;
    addCollection?(collection: object): void;
  }

  export interface EngineDataSourceManager {
    getDataSources(): EngineDataSource[];
    getDataSource(key: string): EngineDataSource | undefined;
    getCollection(dataSource: string, name: string): EngineCollection | undefined;
  }

  export interface FlowDefinition {
    key: string;
    title?: string;
    sort?: number;
    steps: Record<string, any>;
    [option: string]: unknown;
  }

  export class FlowModel {
    static define(meta: Record<string, any>): void;
    static registerFlow(flow: FlowDefinition): void;
    uid: string;
    context: Record<string, any>;
    props: Record<string, any>;
    subModels: Record<string, any>;
    hidden: boolean;
    flowEngine: any;
    onInit(options: any): void;
    onMount(): void;
    onUnmount(): void;
    setProps(props: Record<string, any> | string, value?: unknown): void;
    getStepParams(flow: string, step?: string): any;
    setStepParams(flow: string, step: string, params: Record<string, any>): void;
    render(): ReactNode;
  }

  /** A record that a block shows. */
  export class SingleRecordResource {}

  export function useFlowEngine(options?: { throwError?: boolean }): any;
  export function useFlowContext(): any;
  export function useFlowEngineContext(): any;
  export const FlowModelRenderer: ComponentType<any>;
  export const FlowEngineProvider: ComponentType<any>;
}

declare module '@nocobase/client-v2' {
  import type { ComponentType, ReactNode } from 'react';
  import type { EngineDataSourceManager, FlowModel } from '@nocobase/flow-engine';

  export interface RequestConfig {
    url: string;
    method?: 'get' | 'post';
    params?: Record<string, unknown>;
    data?: unknown;
    signal?: AbortSignal;
    skipNotify?: boolean;
  }

  export interface ApiClient {
    request<T>(config: RequestConfig): Promise<{ data: { data: T; meta?: Record<string, number> } }>;
    auth?: { locale?: string; token?: string };
  }

  type Loader = () => Promise<{ default: ComponentType<any> }>;

  export interface RouteOptions {
    path: string;
    Component?: ComponentType<any>;
    componentLoader?: Loader;
  }

  export interface RouteLocation {
    pathname: string;
    search?: string;
    hash?: string;
  }

  export interface NavigationStep {
    currentLocation: { pathname: string };
    nextLocation: { pathname: string };
  }

  export interface RouteBlocker {
    state: 'unblocked' | 'blocked' | 'proceeding';
    /** where to, while it is blocked */
    location?: RouteLocation;
    proceed?(): void;
    reset?(): void;
  }

  export interface Application {
    apiClient: ApiClient;
    eventBus: EventTarget;
    i18n: { language: string } & import('./translator').I18n;
    pm: { get(name: any): any };
    router: {
      add(name: string, route: RouteOptions): void;
      router: {
        state: { readonly blockers: ReadonlyMap<string, RouteBlocker> };
        navigate(path: string | RouteLocation, options?: { replace?: boolean }): Promise<void>;
        getBlocker(key: string, shouldBlock: (step: NavigationStep) => boolean): RouteBlocker;
        deleteBlocker(key: string): void;
        subscribe(listener: (state: { blockers: ReadonlyMap<string, RouteBlocker> }) => void): () => void;
      };
    };
    flowEngine: {
      context: { api: ApiClient; t(text: string): string; dataSourceManager: EngineDataSourceManager; [name: string]: any };
      registerModels(models: Record<string, unknown>): void;
      registerModelLoaders?(loaders: Record<string, unknown>): void;
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
      has(name: string): boolean;
    };
    getApiUrl(path?: string): string;
    getHref(path: string): string;
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

  export class BlockModel extends FlowModel {
    renderComponent(): ReactNode;
  }

  export class DetailsBlockModel extends BlockModel {
    createResource(context: unknown, params: unknown): unknown;
    renderPagination(): ReactNode;
    renderConfigureActions(): ReactNode;
    applySubModelsBeforeRenderFlows(key: string): Promise<void>;
  }

  export class DetailsGridModel extends FlowModel {}
  export class DetailsCustomItemModel extends FlowModel {}

  export class TopbarActionModel extends FlowModel {
    sort: number;
    actionId?: string;
    testId?: string;
    icon: ReactNode;
    onClick(event?: unknown): void;
    renderButton(): ReactNode;
    renderWrapper(node: ReactNode): ReactNode;
  }
}

declare module 'antd-style' {
  import type { GlobalToken } from 'antd';

  export interface StyleTools {
    css(strings: TemplateStringsArray, ...values: (string | number)[]): string;
    token: GlobalToken;
    cx(...names: (string | false | null | undefined)[]): string;
  }

  export function createStyles<Styles extends Record<string, string>>(
    make: (tools: StyleTools) => Styles,
  ): () => { styles: Styles; cx: StyleTools['cx']; theme: GlobalToken };
}
