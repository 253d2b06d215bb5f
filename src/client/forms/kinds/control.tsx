import { ExportOutlined, StopOutlined } from '@ant-design/icons';
import { JOB_STATUS } from '../../../common/status';
import type { NodeKind } from '../../registry/kinds';
import { faults } from './faults';
import { readable } from './readable';
import type { Translate } from './types';

export const endKind = (t: Translate): NodeKind => ({
  type: 'end',
  title: t('End process'),
  description: t('Ends the whole execution at once, as succeeded or as failed.'),
  group: 'control',
  icon: <StopOutlined />,
  async: false,
  testable: false,
  branches: () => [],
  ends: () => true,
  unavailable: () => null,
  defaultConfig: () => ({ endStatus: JOB_STATUS.RESOLVED }),
  summary: ({ endStatus }) => (endStatus === JOB_STATUS.FAILED ? t('Ends as failed') : t('Ends as succeeded')),
  fieldset: { kind: 'form', load: () => import('../nodes/EndForm') },
});

export const outputKind = (t: Translate): NodeKind => ({
  type: 'output',
  title: t('Workflow output'),
  description: t('Sets what the workflow gives to whoever called it.'),
  group: 'control',
  icon: <ExportOutlined />,
  async: false,
  testable: false,
  branches: () => [],
  ends: () => false,
  unavailable: () => null,
  defaultConfig: () => ({}),
  summary: ({ value }, context) => readable(value, context) || null,
  check: ({ value }) =>
    value === undefined || value === null || value === '' ? [faults.warning(t('No value is set, so the output is empty'), 'value')] : [],
  fieldset: { kind: 'form', load: () => import('../nodes/OutputForm') },
});
