import type { CollectionField } from '../../port/HostPort';
import type { ValueType } from './types';

/** Field interfaces by the kind of their values. Part of the contract with extensions. */
export const BaseTypeSets = {
  boolean: new Set(['checkbox']),
  number: new Set(['integer', 'number', 'percent', 'snowflakeId']),
  string: new Set([
    'input', 'password', 'email', 'phone', 'select', 'radioGroup', 'text', 'markdown', 'richText', 'expression', 'time',
    'uuid', 'nanoid', 'url', 'color', 'icon',
  ]),
  date: new Set(['date', 'createdAt', 'updatedAt', 'datetime', 'datetimeNoTz', 'dateOnly', 'unixTimestamp']),
};

const ASSOCIATIONS = new Set(['belongsTo', 'hasOne', 'hasMany', 'belongsToMany', 'belongsToArray']);
const TO_MANY = new Set(['hasMany', 'belongsToMany', 'belongsToArray']);
const DATES = new Set(['date', 'datetime', 'datetimeTz', 'datetimeNoTz', 'dateOnly', 'unixTimestamp']);

/** Kinds by storage type, for interfaces that plugins bring. */
const BY_STORAGE: Record<string, ValueType> = {
  string: 'string', text: 'string', uuid: 'string', nanoid: 'string', uid: 'string', sequence: 'string', time: 'string',
  integer: 'number', bigInt: 'number', float: 'number', double: 'number', decimal: 'number', real: 'number',
  snowflakeId: 'number', sort: 'number', boolean: 'boolean', radio: 'boolean', json: 'object', jsonb: 'object',
  array: 'array', set: 'array',
};

export const isAssociation = (field: Pick<CollectionField, 'type'>): boolean => ASSOCIATIONS.has(field.type);
export const isToMany = (field: Pick<CollectionField, 'type'>): boolean => TO_MANY.has(field.type);
export const isDate = (field: Pick<CollectionField, 'type'>): boolean => DATES.has(field.type);

/** Kind of the values of a field; undefined when nothing is known of them. */
export function valueTypeOf(field: Pick<CollectionField, 'type' | 'interface'>): ValueType | undefined {
  if (isAssociation(field)) return isToMany(field) ? 'array' : 'object';
  if (isDate(field)) return 'date';
  if (field.interface && ['multipleSelect', 'checkboxGroup'].includes(field.interface)) return 'array';
  for (const [type, interfaces] of Object.entries(BaseTypeSets)) {
    if (field.interface && interfaces.has(field.interface) && !BY_STORAGE[field.type]) return type as ValueType;
  }
  return BY_STORAGE[field.type];
}
