import { Skeleton } from 'antd';
import { Suspense, lazy, useEffect } from 'react';
import type { Binding } from '../../client/bind/bindings';
import type { BindTarget } from '../../client/bind/target';
import { PortProvider } from '../../client/port/HostPort';
import { currentLane } from '../host/lane';

const BindingList = lazy(async () => ({ default: (await import('../../client/bind/BindingList')).BindingList }));

export interface BindingFieldProps {
  /** rows as they are stored: `{ workflowKey, context? }` */
  value?: unknown;
  onChange?(rows: Partial<Binding>[]): void;
  /** must be the same object between renders */
  target: BindTarget;
  disabled?: boolean;
}

/** A row for the whole form is stored without a context, as the stock product does it. */
const asStored = ({ workflowKey, context }: Binding): Partial<Binding> => (context ? { workflowKey, context } : { workflowKey });

/** The list of bound workflows as an input of the host's own forms. */
export function BindingField({ value, onChange, target, disabled }: BindingFieldProps) {
  const { port } = currentLane();
  useEffect(() => port.refresh(), [port]);
  return (
    <PortProvider value={port}>
      <Suspense fallback={<Skeleton active title={false} paragraph={{ rows: 3 }} />}>
        <BindingList
          value={value}
          target={target}
          disabled={disabled}
          onChange={(bindings) => onChange?.(bindings.map(asStored))}
        />
      </Suspense>
    </PortProvider>
  );
}
