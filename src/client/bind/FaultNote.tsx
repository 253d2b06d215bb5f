import { ExclamationCircleOutlined, InfoCircleOutlined } from '@ant-design/icons';
import { Flex, Tag, Typography } from 'antd';
import { usePort } from '../port/HostPort';
import { Secondary } from '../ui/Secondary';
import type { BindingFault } from './state';

type Translate = (key: string, values?: Record<string, unknown>) => string;

/** Short mark and sentence for each fault. */
function texts(fault: BindingFault, t: Translate): { mark?: string; text: string } {
  switch (fault) {
    case 'empty':
      return { text: t('Choose a workflow; a row without one is not saved.') };
    case 'deleted':
      return { mark: t('Deleted'), text: t('This workflow no longer exists. The button works without it.') };
    case 'disabled':
      return { mark: t('Disabled'), text: t('This workflow is disabled. It does not run until it is enabled again.') };
    case 'contextLost':
      return { mark: t('Lost'), text: t('This association no longer exists, so the workflow does not run.') };
    case 'otherCollection':
      return { mark: t('Does not fit'), text: t('This workflow belongs to another collection, so it does not run.') };
    case 'global':
      return { mark: t('Global'), text: t('This workflow is in global mode now: it runs without being bound.') };
    case 'otherType':
      return { mark: t('Does not fit'), text: t('Buttons of this kind do not start this workflow.') };
    case 'repeated':
      return { mark: t('Repeated'), text: t('It is bound above already and runs only once.') };
  }
}

const HARMLESS: BindingFault[] = ['empty', 'global', 'repeated'];

/** Says below a row why its workflow does not run, by sign and text. */
export function FaultNote({ id, fault, workflowKey }: { id: string; fault: BindingFault; workflowKey: string }) {
  const { t } = usePort();
  const { mark, text } = texts(fault, t);
  const harmless = HARMLESS.includes(fault);
  return (
    <Flex id={id} align="baseline" gap={4} wrap style={{ marginTop: 4 }}>
      {mark && (
        <Tag color={harmless ? 'default' : 'warning'} icon={harmless ? <InfoCircleOutlined /> : <ExclamationCircleOutlined />}>
          {mark}
        </Tag>
      )}
      <Secondary>{text}</Secondary>
      {fault === 'deleted' && <Typography.Text code>{workflowKey}</Typography.Text>}
    </Flex>
  );
}
