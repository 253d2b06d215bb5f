/** The parts that this package uses of the v1 host's client and of Formily, see src/client-v2/host/modules.d.ts. */

declare module '@nocobase/client' {
  import type { ComponentType, Context, ReactNode } from 'react';
  import type { ApiClient, Application as ApplicationV2, RouteOptions } from '@nocobase/client-v2';

  export interface SchemaInitializerItemOptions {
    name: string;
    type?: 'item';
    title?: string;
    Component?: ComponentType<any> | string;
    [option: string]: unknown;
  }

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
          Component?: ComponentType<any>;
          componentLoader?: RouteOptions['componentLoader'];
        },
      ): void;
      has(name: string): boolean;
    };
    schemaSettingsManager: { addItem(settings: string, name: string, item: object): void };
    schemaInitializerManager: { addItem(initializer: string, name: string, item: object): void };
    addComponents(components: Record<string, ComponentType<any>>): void;
    addProvider(component: ComponentType<any>, props?: object): void;
    addScopes(scopes: Record<string, unknown>): void;
    /** @returns undefined when there is none of that name */
    getComponent(name: string, isErrorLogged?: boolean): ComponentType<any> | undefined;
    /** loaded modules of plugins, by package and `/client` */
    requirejs: { requirejs(id: string): unknown };
  }

  export interface FieldSchema {
    name?: string;
    toJSON(): Record<string, any>;
    [property: string]: any;
  }

  export function useApp(): Application;
  export function useAPIClient(): ApiClient & { resource(name: string): Record<string, (params: object) => Promise<any>> };
  export function useDataSourceManager(): any;
  export function usePlugin(plugin: any): any;
  export function useCompile(): (value: any) => any;
  export function useCollectionRecordData(): any;
  export function useCurrentUserContext(): any;
  export function useFormBlockContext(): any;
  export function useSchemaInitializer(): { insert(schema: object): void };
  export function useSchemaInitializerItem(): any;
  export function useMobileLayout(): { isMobileLayout: boolean };
  export function useActionContext(): any;
  export function useAssociationNames(dataSource?: string): any;
  export function useDataBlockRequest(): any;

  export const BlockRequestContext_deprecated: Context<any>;
  export const CollectionManagerProvider: ComponentType<any>;
  export const SchemaComponentOptions: ComponentType<any>;
  export const ActionContextProvider: ComponentType<any>;
  export const BlockItem: ComponentType<any>;
  export const CollectionProvider: ComponentType<any>;
  export const CollectionRecordProvider: ComponentType<any>;
  export const CardItem: ComponentType<any>;
  export const DataBlockProvider: ComponentType<any>;
  export const ExtendCollectionsProvider: ComponentType<any>;
  export const FormActiveFieldsProvider: ComponentType<any>;
  export const FormBlockContext: Context<any>;
  export const GeneralSchemaDesigner: ComponentType<any>;
  export const List: ComponentType<any> & { Decorator: ComponentType<any> };
  export const OpenModeProvider: ComponentType<any>;
  export const PinnedPluginListProvider: ComponentType<any>;
  export const RecordProvider: ComponentType<any>;
  export const SchemaComponent: ComponentType<any>;
  export const SchemaComponentContext: Context<any>;
  export const SchemaInitializerItem: ComponentType<any>;
  export const SchemaInitializerItems: ComponentType<any>;
  export const SchemaSettingsRemove: ComponentType<any>;
  export const VariableScopeProvider: ComponentType<any>;
  /** what popups of the host's schemas are placed above */
  export const zIndexContext: Context<number>;

  export class Plugin<Options = any, App = Application> {
    constructor(options: Options, app: App);
    options: Options;
    app: App;
    flowEngine: App extends { flowEngine: infer Engine } ? Engine : never;
    afterAdd(): Promise<void>;
    beforeLoad(): Promise<void>;
    load(): Promise<void>;
    t(text: string, options?: object): string;
  }
}

declare module '@formily/react' {
  import type { ComponentType, Context } from 'react';

  export const FormContext: Context<any>;
  export const FormProvider: ComponentType<any>;
  export const SchemaOptionsContext: Context<any>;
  export function observer<Component>(component: Component): Component;
  export function useField<Field = any>(): Field;
  export function useFieldSchema<Schema = any>(): Schema;
  export function useForm<Form = any>(): Form;
}

declare module '@formily/antd-v5' {
  import type { ComponentType } from 'react';

  export const FormLayout: ComponentType<any>;
  export const ArrayItems: ComponentType<any> & { useArray?(): any };
}
