import { createForm } from '@formily/core';
import { useField } from '@formily/react';
import {
  BlockRequestContext_deprecated,
  CollectionManagerProvider,
  CollectionProvider,
  FormBlockContext,
  RecordProvider,
} from '@nocobase/client';
import { flowValueAt, parseCollectionName, useFlowContext } from '@nocobase/plugin-workflow/client-v2';
import { useMemo, useRef, type PropsWithChildren } from 'react';

interface DetailsBlockProps {
  /** `orders`, or `other:orders` */
  collection: string;
  /** `$context.data`, or `$jobsMapByNodeKey.<key>` */
  dataPath: string;
}

/** A block that shows a record that a run works with: what triggered it, or the result of a node. Nothing is requested. */
export function DetailsBlockProvider({ collection, dataPath, children, ...props }: PropsWithChildren<DetailsBlockProps>) {
  const [dataSource, name] = parseCollectionName(collection);
  const values = flowValueAt(useFlowContext(), dataPath);
  const record = Array.isArray(values) ? values[0] : values;
  const field = useField();
  const formBlockRef = useRef(null);
  const block = useMemo(() => {
    const form = createForm({ initialValues: record, pattern: 'readPretty' });
    const service = { loading: false, data: { data: record } };
    return { form, field, service, formBlockRef };
  }, [record, field]);
  return (
    <CollectionManagerProvider dataSource={dataSource}>
      <CollectionProvider name={name} allowNull>
        <BlockRequestContext_deprecated.Provider value={{ block: 'form', props, field, service: block.service }}>
          <FormBlockContext.Provider value={block}>
            <RecordProvider record={record} parent={null}>
              <div ref={formBlockRef}>{children}</div>
            </RecordProvider>
          </FormBlockContext.Provider>
        </BlockRequestContext_deprecated.Provider>
      </CollectionProvider>
    </CollectionManagerProvider>
  );
}
