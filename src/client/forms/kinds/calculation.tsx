import { CalculatorOutlined } from '@ant-design/icons';
import type { NodeKind } from '../../registry/kinds';
import { faults } from './faults';
import { readable } from './readable';
import { nodeResult } from './results';
import type { Translate } from './types';

export const calculationKind = (t: Translate): NodeKind => ({
  type: 'calculation',
  title: t('Calculation'),
  description: t('Calculates a value with an expression, for later nodes to use.'),
  group: 'calculation',
  icon: <CalculatorOutlined />,
  async: false,
  testable: true,
  branches: () => [],
  ends: () => false,
  unavailable: () => null,
  defaultConfig: () => ({ engine: 'math.js' }),
  summary: ({ expression }, context) => readable(expression, context) || null,
  check: ({ expression }) =>
    typeof expression === 'string' && expression.trim() ? [] : [faults.error(t('The expression is empty'), 'expression')],
  fieldset: { kind: 'form', load: () => import('../nodes/CalculationForm') },
  useVariables: nodeResult(),
});
