import { useFieldSchema } from '@formily/react';
import { GeneralSchemaDesigner, SchemaSettingsRemove, useCompile } from '@nocobase/client';

/** Toolbar of a block that has nothing to set: its title, and a way to remove it. */
export function SimpleDesigner() {
  const schema = useFieldSchema();
  const compile = useCompile();
  return (
    <GeneralSchemaDesigner title={compile(schema.title)}>
      <SchemaSettingsRemove removeParentsIfNoChildren breakRemoveOn={{ 'x-component': 'Grid' }} />
    </GeneralSchemaDesigner>
  );
}
