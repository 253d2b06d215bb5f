import { JsonView, currentLane, flowValueAt, useFlowContext } from '@nocobase/plugin-workflow/client-v2';
import type { PropsWithChildren } from 'react';
import { SimpleDesigner } from './SimpleDesigner';
import { ValueBlockInitializer } from './initializers';

interface ResultProps {
  /** `{{$jobsMapByNodeKey.<key>}}` */
  dataSource?: string;
  /** shown while the page is being designed, where no run exists */
  defaultValue?: unknown;
}

function Result({ dataSource, defaultValue }: ResultProps) {
  const value = flowValueAt(useFlowContext(), dataSource) ?? defaultValue ?? null;
  if (typeof value === 'object' && value !== null) return <JsonView label={currentLane().port.t('Node result')} value={value} />;
  return <>{typeof value === 'string' ? value : JSON.stringify(value)}</>;
}

const Frame = ({ children }: PropsWithChildren) => <>{children}</>;

/** Prints the result of a node, e.g. a sum, on a page of a to-do. */
export const ValueBlock = Object.assign(Frame, { Initializer: ValueBlockInitializer, Result, Designer: SimpleDesigner });
