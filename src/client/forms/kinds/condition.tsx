import { BranchesOutlined, ForkOutlined } from '@ant-design/icons';
import type { Config } from '../../document/types';
import type { NodeKind } from '../../registry/kinds';
import { checkCondition, faults } from './faults';
import { readable, readableCalculation, sentence } from './readable';
import { nodeResult } from './results';
import type { Translate } from './types';

const isBasic = ({ engine }: { engine?: unknown }) => typeof engine !== 'string' || engine === 'basic';

export const conditionKind = (t: Translate): NodeKind => ({
  type: 'condition',
  title: t('Condition'),
  description: t('Goes on when a condition is met, or takes one of two branches.'),
  group: 'control',
  icon: <ForkOutlined />,
  async: false,
  testable: true,
  branches: ({ rejectOnFalse }) =>
    rejectOnFalse === false
      ? [
          { index: 0, label: t('No') },
          { index: 1, label: t('Yes') },
        ]
      : [],
  ends: () => false,
  unavailable: () => null,
  defaultConfig: () => ({ rejectOnFalse: true, engine: 'basic' }),
  summary: (config, context) =>
    (isBasic(config) ? readableCalculation(config.calculation, context) : readable(config.expression, context)) || null,
  check: (config, context) => [
    ...(typeof config.rejectOnFalse === 'boolean' ? [] : [faults.error(t('Choose what happens when the condition is not met'), 'rejectOnFalse')]),
    ...checkCondition(config, context),
  ],
  fieldset: { kind: 'form', load: () => import('../nodes/ConditionForm') },
  preset: { kind: 'form', load: () => import('../nodes/ConditionPreset') },
  useVariables: nodeResult('boolean'),
});

/** One condition of a multi-conditions node. The i-th one (from 0) owns branch i + 1. */
export interface BranchCondition {
  uid: string;
  title?: string;
  engine?: string;
  calculation?: unknown;
  expression?: string;
}

export const conditionsOf = (config: Config): readonly BranchCondition[] =>
  Array.isArray(config.conditions) ? (config.conditions as BranchCondition[]) : [];

export const multiConditionsKind = (t: Translate): NodeKind => ({
  type: 'multi-conditions',
  title: t('Multi-conditions'),
  description: t('Takes the branch of the first condition that is met.'),
  group: 'control',
  icon: <BranchesOutlined />,
  async: false,
  testable: false,
  branches: (config) => [
    ...conditionsOf(config).map(({ title }, at) => ({ index: at + 1, label: title || t('Condition {{number}}', { number: at + 1 }) })),
    { index: 0, label: t('Otherwise') },
  ],
  moveBranches: (before, after) => {
    const places = new Map(conditionsOf(after).map(({ uid }, at) => [uid, at + 1]));
    return new Map(conditionsOf(before).map(({ uid }, at) => [at + 1, places.get(uid) ?? null]));
  },
  ends: () => false,
  unavailable: () => null,
  defaultConfig: () => ({ conditions: [{ uid: createUid(), engine: 'basic' }], continueOnNoMatch: false }),
  summary: (config) => {
    const { length } = conditionsOf(config);
    return sentence(
      length === 1 ? t('1 condition') : t('{{count}} conditions', { count: length }),
      config.continueOnNoMatch ? t('goes on when none is met') : t('fails when none is met'),
    );
  },
  check: (config, context) => {
    const conditions = conditionsOf(config);
    if (!conditions.length) return [faults.error(t('Add at least one condition'), 'conditions')];
    return conditions.flatMap((condition, at) =>
      checkCondition(condition, context, `conditions.${at}.`).map((fault) => ({
        ...fault,
        message: `${condition.title || t('Condition {{number}}', { number: at + 1 })}: ${fault.message}`,
      })),
    );
  },
  fieldset: { kind: 'form', load: () => import('../nodes/MultiConditionsForm') },
  useVariables: nodeResult('boolean'),
});

/** Name of a condition that stays when conditions are moved. */
export const createUid = (): string => Math.random().toString(36).slice(2, 12);
