import { Alert } from 'antd';
import type { ComponentType } from 'react';
import { useT } from '../../client/port/HostPort';
import type { Fieldset, LegacyFieldsetProps } from '../../client/registry/kinds';
import { withContracts } from '../bridge/ContractContexts';

/** A surface of an extension: a Formily schema, or a loader of a form for antd. */
export interface Surface {
  /** fields by name */
  schema?: Record<string, unknown>;
  load?: () => Promise<{ default: ComponentType<Record<string, never>> }>;
}

/** Scope and components of an extension's schemas. */
export interface SchemaOptions {
  scope?: Record<string, unknown>;
  components?: Record<string, unknown>;
}

/** Draws schemas; the v1 client alone can. */
export type LegacyRenderer = (schema: Record<string, unknown>, options: SchemaOptions) => ComponentType<LegacyFieldsetProps>;

function NotMigrated() {
  const t = useT();
  return <Alert type="info" showIcon message={t("This node's configuration has not been migrated to the new canvas yet.")} />;
}

const hasFields = (schema: Record<string, unknown> | undefined) => Object.keys(schema ?? {}).length > 0;

/**
 * Which form a surface shows: a schema with at least one field, else the loaded form, else nothing. A schema that this
 * client cannot draw says so.
 */
export function fieldsetOf(surface: Surface, options: SchemaOptions, legacy?: LegacyRenderer): Fieldset | undefined {
  const { schema, load } = surface;
  if (hasFields(schema) && legacy) return { kind: 'legacy', Component: legacy(schema!, options) };
  if (load) return { kind: 'form', load: async () => ({ default: withContracts((await load()).default) }) };
  if (hasFields(schema)) return { kind: 'form', load: async () => ({ default: NotMigrated }) };
  return undefined;
}
