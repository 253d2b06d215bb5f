import { useT } from '../../port/HostPort';
import type { ValueType } from './types';

/** Names of the kinds of values, for people. */
export function useTypeLabels(): Record<ValueType, string> {
  const t = useT();
  return {
    string: t('Text'),
    number: t('Number'),
    boolean: t('Yes/no'),
    date: t('Date'),
    object: t('Object'),
    array: t('List'),
  };
}
