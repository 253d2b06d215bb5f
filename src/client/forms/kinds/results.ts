import { usePort } from '../../port/HostPort';
import type { NodeKind } from '../../registry/kinds';
import { recordVariable } from '../variables/collectionVariables';
import type { ValueType } from '../variables/types';
import { collectionOf, paramsOf } from './faults';

type UseVariables = NonNullable<NodeKind['useVariables']>;

/** The result of a node as one value. @param type when it is always of one kind */
export function nodeResult(type?: ValueType): UseVariables {
  return (node, { types }) => {
    // A value of unknown kind may be of any kind that a field can ask for, but it is no record.
    const fits = !types?.length || types.some((wanted) => typeof wanted === 'string' && (!type || wanted === type));
    return fits ? { name: node.key, label: node.title, path: ['$jobsMapByNodeKey', node.key], type } : null;
  };
}

/** The result of a node as a record of its collection, or as several. */
export const recordResult: UseVariables = function useRecordResult(node, request) {
  const { collections } = usePort();
  const collection = collectionOf(node.config);
  if (!collection) return null;
  return recordVariable(
    collections,
    {
      name: node.key,
      label: node.title,
      path: ['$jobsMapByNodeKey', node.key],
      collection,
      appends: (paramsOf(node.config).appends as string[] | undefined) ?? [],
      multiple: Boolean(node.config.multiple),
    },
    request,
  );
};
