import { Form } from 'antd';
import { useT } from '../../port/HostPort';
import { FilterDynamicComponent } from '../filter/FilterBuilder';
import { incompleteConditions, type StoredFilter } from '../filter/model';
import { isSelective } from '../kinds/readable';
import { named, useConfig } from './useConfig';
import { hint } from './hint';

interface FilterFieldProps {
  name: (string | number)[];
  label: string;
  tooltip?: string;
  /** why at least one condition is needed */
  required?: string;
}

/** Conditions over the records of the form's collection. */
export function FilterField({ name, label, tooltip, required }: FilterFieldProps) {
  const t = useT();
  const collection = useConfig<string>('collection');
  const validator = async (_: unknown, filter?: StoredFilter) => {
    if (required && !isSelective(filter)) throw new Error(required);
    const [path] = incompleteConditions(filter);
    if (path !== undefined) throw new Error(t('The condition on "{{name}}" has no value. Complete or remove it.', { name: path }));
  };
  return (
    <Form.Item name={named(...name)} label={label} tooltip={hint(tooltip)} required={Boolean(required)} rules={[{ validator }]}>
      <FilterDynamicComponent collection={collection} />
    </Form.Item>
  );
}
