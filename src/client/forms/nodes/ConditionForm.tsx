import { ConditionFields } from '../shared/ConditionFields';
import { ConditionMode } from './ConditionMode';

/** `{ rejectOnFalse, engine, calculation | expression }` */
export default function ConditionForm() {
  return (
    <>
      <ConditionMode locked />
      <ConditionFields />
    </>
  );
}
