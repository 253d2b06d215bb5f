import { Suspense, lazy, useCallback, useMemo } from 'react';
import type { BindTarget } from '../../client/bind/target';
import { PortProvider } from '../../client/port/HostPort';
import { currentLane } from '../host/lane';
import type { TriggerWorkflowsSchemaOptions } from './createTriggerWorkflowsSchema';
import { modernTypes } from './types';

const Select = lazy(async () => ({ default: (await import('../../client/bind/SingleWorkflowSelect')).SingleWorkflowSelect }));

export interface TriggerWorkflowSelectProps {
  /** key of the workflow */
  value?: string;
  onChange?(key: string | undefined): void;
  /** collection of the data that the workflow gets, with its data source unless that is `main` */
  collection?: string;
  filter?: TriggerWorkflowsSchemaOptions['filter'];
  /** which buttons are meant; trigger types decide by it */
  scope?: string;
  optionFilter?: TriggerWorkflowsSchemaOptions['optionFilter'];
  placeholder?: string;
  disabled?: boolean;
}

/** Chooses one enabled workflow of a collection that buttons can start. */
export function TriggerWorkflowSelect({
  collection = '',
  filter,
  scope = 'form',
  optionFilter,
  onChange,
  ...props
}: TriggerWorkflowSelectProps) {
  const { port } = currentLane();
  const target = useMemo<BindTarget>(
    () => ({ collection, contexts: false, types: modernTypes(scope), filter, optionFilter }),
    [collection, scope, filter, optionFilter],
  );
  const change = useCallback((key: string | undefined) => onChange?.(key), [onChange]);
  return (
    <PortProvider value={port}>
      <Suspense fallback={null}>
        <Select {...props} target={target} onChange={change} />
      </Suspense>
    </PortProvider>
  );
}
