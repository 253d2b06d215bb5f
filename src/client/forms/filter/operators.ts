import type { CollectionField, HostPort } from '../../port/HostPort';
import { isAssociation, isDate, valueTypeOf } from '../variables/fieldTypes';

export interface Operator {
  value: string;
  label: string;
  /** compares with nothing; stored with `true` */
  isUnary?: boolean;
  /** compares with a list */
  isList?: boolean;
}

type Translate = HostPort['t'];

const emptiness = (t: Translate): Operator[] => [
  { value: '$empty', label: t('is empty'), isUnary: true },
  { value: '$notEmpty', label: t('is not empty'), isUnary: true },
];

const choice = (t: Translate): Operator[] => [
  { value: '$eq', label: t('is') },
  { value: '$ne', label: t('is not') },
  { value: '$in', label: t('is any of'), isList: true },
  { value: '$notIn', label: t('is none of'), isList: true },
];

const text = (t: Translate): Operator[] => [
  { value: '$includes', label: t('contains') },
  { value: '$notIncludes', label: t('does not contain') },
  ...choice(t),
  ...emptiness(t),
];

const number = (t: Translate): Operator[] => [
  { value: '$eq', label: '=' },
  { value: '$ne', label: '≠' },
  { value: '$gt', label: '>' },
  { value: '$gte', label: '≥' },
  { value: '$lt', label: '<' },
  { value: '$lte', label: '≤' },
  ...choice(t).slice(2),
  ...emptiness(t),
];

const date = (t: Translate): Operator[] => [
  { value: '$dateOn', label: t('is') },
  { value: '$dateNotOn', label: t('is not') },
  { value: '$dateBefore', label: t('is before') },
  { value: '$dateAfter', label: t('is after') },
  { value: '$dateNotBefore', label: t('is on or after') },
  { value: '$dateNotAfter', label: t('is on or before') },
  { value: '$dateBetween', label: t('is between'), isList: true },
  ...emptiness(t),
];

const list = (t: Translate): Operator[] => [
  { value: '$match', label: t('is exactly'), isList: true },
  { value: '$notMatch', label: t('is not exactly'), isList: true },
  { value: '$anyOf', label: t('has any of'), isList: true },
  { value: '$noneOf', label: t('has none of'), isList: true },
  ...emptiness(t),
];

const key = (t: Translate): Operator[] => [
  ...choice(t),
  { value: '$exists', label: t('exists'), isUnary: true },
  { value: '$notExists', label: t('does not exist'), isUnary: true },
];

/** Comparisons that make sense for a field, the usual one first. */
export function operatorsOf(field: CollectionField, t: Translate): Operator[] {
  if (isAssociation(field)) return key(t).slice(4);
  if (field.isForeignKey || ['id', 'snowflakeId', 'uuid', 'nanoid'].includes(field.interface ?? '')) return key(t);
  if (isDate(field)) return date(t);
  const type = valueTypeOf(field);
  if (type === 'boolean') {
    return [
      { value: '$isTruly', label: t('is yes'), isUnary: true },
      { value: '$isFalsy', label: t('is no'), isUnary: true },
    ];
  }
  if (type === 'array') return list(t);
  if (field.choices?.length) return [...choice(t), ...emptiness(t)];
  if (type === 'number') return number(t);
  return type === 'object' ? emptiness(t) : text(t);
}
