/** The parts of the v1 host that binding uses beside those in ../modules.d.ts; declarations of one module are merged. */

declare module '@nocobase/client' {
  import type { ComponentType, ReactNode } from 'react';

  /** The schema of a button on a classic page. */
  export interface ButtonSchema {
    'x-uid'?: string;
    'x-action'?: string;
    'x-use-component-props'?: string;
    'x-action-settings'?: Record<string, unknown>;
  }

  /** What the settings menu of a block or button is about. */
  export function useSchemaSettings(): {
    fieldSchema?: ButtonSchema;
    dn?: { emit(event: 'patch', change: { schema: object }): void };
  };

  export function useCollection(): { name: string; dataSource?: string } | undefined;
  export function useFormBlockType(): { type?: 'create' | 'update' };
  export function useCollectValuesToSubmit(): () => Promise<Record<string, unknown>>;

  export const SchemaSettingsActionModalItem: ComponentType<{
    title: string;
    width?: number | string;
    maskClosable?: boolean;
    initialValues?: Record<string, unknown>;
    schema: object;
    components?: Record<string, ComponentType<any>>;
    onSubmit(values: Record<string, unknown>): void | Promise<void>;
    children?: ReactNode;
  }>;
}
