import { Collapse, Form, InputNumber, Select } from 'antd';
import { useT } from '../../port/HostPort';
import { Secondary } from '../../ui/Secondary';
import { EXECUTION_STATUSES, executionLook } from '../../ui/statuses';
import { TimeoutInput } from './TimeoutInput';

/** Timeout, cycling and clean-up of a workflow; fields below `options` of the form around. */
export function AdvancedOptions() {
  const t = useT();
  return (
    <Collapse
      size="small"
      items={[
        {
          key: 'advanced',
          label: t('Advanced options'),
          forceRender: true,
          children: (
            <>
              <Form.Item
                name={['options', 'timeout']}
                label={t('Timeout')}
                extra={<Secondary>{t('An execution that takes longer is aborted. 0: no limit; at most 180 days. Waiting for people counts, waiting in the queue does not.')}</Secondary>}
              >
                <TimeoutInput />
              </Form.Item>
              <Form.Item
                name={['options', 'stackLimit']}
                label={t('Maximum number of cycling triggers')}
                extra={<Secondary>{t('How often the workflow may trigger itself in a chain, directly or through others.')}</Secondary>}
              >
                <InputNumber min={1} precision={0} style={{ width: '8em' }} />
              </Form.Item>
              <Form.Item
                name={['options', 'deleteExecutionOnStatus']}
                label={t('Delete executions that ended as')}
                extra={<Secondary>{t('Such executions leave no history; the count of executions stays.')}</Secondary>}
                style={{ marginBottom: 0 }}
              >
                <Select
                  mode="multiple"
                  allowClear
                  placeholder={t('Keep all')}
                  options={EXECUTION_STATUSES.filter((status): status is number => Boolean(status)).map((status) => ({
                    value: status,
                    label: executionLook(status, t).text,
                  }))}
                />
              </Form.Item>
            </>
          ),
        },
      ]}
    />
  );
}
