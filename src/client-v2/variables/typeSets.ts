export const defaultFieldNames = { label: 'label', value: 'value', children: 'children' } as const;

/** Field interfaces by the data type of their values. */
export const BaseTypeSets = {
  boolean: new Set(['checkbox']),
  number: new Set(['integer', 'number', 'percent', 'snowflakeId']),
  string: new Set([
    'input', 'password', 'email', 'phone', 'select', 'radioGroup', 'text', 'markdown', 'richText', 'expression', 'time',
    'uuid', 'nanoid', 'url', 'color', 'icon',
  ]),
  date: new Set(['date', 'createdAt', 'updatedAt', 'datetime', 'datetimeNoTz', 'dateOnly', 'unixTimestamp']),
};
