import { ConditionMode } from './ConditionMode';

/** Asked when a condition is added: whether it has branches. */
export default function ConditionPreset() {
  return <ConditionMode />;
}
