import type { NodeKind, SystemVariable, TriggerKind } from '../../registry/kinds';
import { calculationKind } from './calculation';
import { conditionKind, multiConditionsKind } from './condition';
import { endKind, outputKind } from './control';
import { createKind, destroyKind, queryKind, updateKind } from './records';
import { actionTriggerKind, collectionTriggerKind, scheduleTriggerKind } from './triggers';
import type { Translate } from './types';

/**
 * Node types of this package, in the order of the palette. Their forms are loaded when they are opened.
 * @param t texts of our locale files in the user's language
 */
export const coreNodeKinds = (t: Translate): readonly NodeKind[] => [
  calculationKind(t),
  conditionKind(t),
  multiConditionsKind(t),
  endKind(t),
  outputKind(t),
  queryKind(t),
  createKind(t),
  updateKind(t),
  destroyKind(t),
];

/** Trigger types of this package. */
export const coreTriggerKinds = (t: Translate): readonly TriggerKind[] => [
  collectionTriggerKind(t),
  scheduleTriggerKind(t),
  actionTriggerKind(t),
];

export const coreSystemVariables = (t: Translate): readonly SystemVariable[] => [
  { key: 'now', label: t('System time'), tooltip: t('Time of the server when the node is executed') },
  { key: 'instanceId', label: t('Instance ID'), tooltip: t('Number of the process that executes the node') },
  { key: 'genSnowflakeId', label: t('New snowflake ID'), tooltip: t('A new unique number each time') },
];
