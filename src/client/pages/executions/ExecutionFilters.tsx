import { DatePicker, Flex, Input, Select } from 'antd';
import type { ExecutionStatus } from '../../../common/status';
import type { ExecutionFilter } from '../../api/types';
import { useT } from '../../port/HostPort';
import { useNarrow } from '../../ui/useNarrow';
import { EXECUTION_STATUSES, executionLook } from '../../ui/statuses';
import { WorkflowFilterSelect } from './WorkflowFilterSelect';

interface ExecutionFiltersProps {
  filter: ExecutionFilter;
  onChange(change: ExecutionFilter): void;
  /** offers all workflows to choose from */
  withWorkflow: boolean;
}

/** Which executions the list shows. */
export function ExecutionFilters({ filter, onChange, withWorkflow }: ExecutionFiltersProps) {
  const t = useT();
  const isNarrow = useNarrow();
  return (
    <Flex wrap gap="small" flex="1 1 auto" vertical={isNarrow}>
      {withWorkflow && <WorkflowFilterSelect value={filter.key} onChange={(key) => onChange({ key })} />}
      <Select
        mode="multiple"
        aria-label={t('Status')}
        allowClear
        maxTagCount="responsive"
        placeholder={t('Any status')}
        // A status may be null, which a select cannot hold.
        value={filter.statuses?.map((status) => JSON.stringify(status))}
        onChange={(values: string[]) => onChange({ statuses: values.map((value) => JSON.parse(value) as ExecutionStatus) })}
        options={EXECUTION_STATUSES.map((status) => {
          const look = executionLook(status, t);
          return {
            value: JSON.stringify(status),
            label: (
              <>
                {look.icon} {look.text}
              </>
            ),
          };
        })}
        popupMatchSelectWidth={false}
        style={{ minWidth: 180 }}
      />
      <DatePicker.RangePicker
        aria-label={t('Triggered at')}
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        allowEmpty={[true, true]}
        placeholder={[t('From'), t('To')]}
        onChange={(range) => onChange({ from: range?.[0]?.toISOString(), to: range?.[1]?.toISOString() })}
        style={isNarrow ? undefined : { maxWidth: 330 }}
      />
      <Input
        allowClear
        aria-label={t('ID of the record')}
        placeholder={t('ID of the record')}
        value={filter.record ?? ''}
        onChange={({ target }) => onChange({ record: target.value.trim() || undefined })}
        style={isNarrow ? undefined : { width: 160 }}
      />
    </Flex>
  );
}
