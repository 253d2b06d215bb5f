import { DatabaseOutlined, DeleteOutlined, EditOutlined, FileAddOutlined } from '@ant-design/icons';
import type { Config } from '../../document/types';
import type { KindContext, NodeKind } from '../../registry/kinds';
import { checkCollection, checkParams, collectionName, faults, paramsOf } from './faults';
import { filterFields, isSelective, sentence } from './readable';
import { nodeResult, recordResult } from './results';
import type { Translate } from './types';

const base = {
  group: 'collection',
  async: false,
  testable: false,
  branches: () => [],
  ends: () => false,
  unavailable: () => null,
  preset: { kind: 'form', load: () => import('../nodes/CollectionPreset') },
} as const;

const checkData = (config: Config, context: KindContext) => [...checkCollection(config, context), ...checkParams(config, context)];

const chosenBy = (config: Config, t: Translate) => {
  const fields = [...new Set(filterFields(paramsOf(config).filter))];
  return fields.length > 0 && t('by {{fields}}', { fields: fields.join(', ') });
};

const summaryOf = (config: Config, context: KindContext, ...parts: (string | false)[]) =>
  config.collection ? sentence(collectionName(config, context), ...parts) : null;

export const queryKind = (t: Translate): NodeKind => ({
  ...base,
  type: 'query',
  title: t('Query record'),
  description: t('Reads one record or several from a collection.'),
  icon: <DatabaseOutlined />,
  defaultConfig: () => ({ multiple: false, params: { page: 1, pageSize: 20 } }),
  summary: (config, context) =>
    summaryOf(config, context, config.multiple ? t('several records') : t('one record'), chosenBy(config, t)),
  check: checkData,
  fieldset: { kind: 'form', load: () => import('../nodes/QueryForm') },
  useVariables: recordResult,
});

const setFields = (config: Config, t: Translate) => {
  const fields = Object.keys((paramsOf(config).values as object | undefined) ?? {});
  return fields.length > 0 && t('sets {{fields}}', { fields: fields.join(', ') });
};

export const createKind = (t: Translate): NodeKind => ({
  ...base,
  type: 'create',
  title: t('Create record'),
  description: t('Adds a record to a collection.'),
  icon: <FileAddOutlined />,
  defaultConfig: () => ({}),
  summary: (config, context) => summaryOf(config, context, setFields(config, t)),
  check: checkData,
  fieldset: { kind: 'form', load: () => import('../nodes/CreateForm') },
  useVariables: recordResult,
});

export const updateKind = (t: Translate): NodeKind => ({
  ...base,
  type: 'update',
  title: t('Update record'),
  description: t('Changes the records of a collection that meet a condition.'),
  icon: <EditOutlined />,
  defaultConfig: () => ({ params: { individualHooks: false } }),
  summary: (config, context) => summaryOf(config, context, setFields(config, t), chosenBy(config, t)),
  check: (config, context) => {
    const { filter, filterByTk, forceUpdate, values } = paramsOf(config);
    const found = checkData(config, context);
    if (!isSelective(filter) && filterByTk == null && forceUpdate !== true) {
      found.push(faults.error(t('Say which records: without a condition nothing may be changed'), 'params.filter'));
    }
    if (!Object.keys((values as object | undefined) ?? {}).length) {
      found.push(faults.warning(t('No value is set, so nothing changes'), 'params.values'));
    }
    return found;
  },
  fieldset: { kind: 'form', load: () => import('../nodes/UpdateForm') },
  useVariables: nodeResult('number'),
});

export const destroyKind = (t: Translate): NodeKind => ({
  ...base,
  type: 'destroy',
  title: t('Delete record'),
  description: t('Deletes the records of a collection that meet a condition.'),
  icon: <DeleteOutlined />,
  defaultConfig: () => ({}),
  summary: (config, context) => summaryOf(config, context, chosenBy(config, t)),
  check: (config, context) => {
    const { filter, filterByTk } = paramsOf(config);
    const found = checkData(config, context);
    if (!isSelective(filter) && filterByTk == null) {
      found.push(faults.error(t('Say which records: without a condition nothing is deleted'), 'params.filter'));
    }
    return found;
  },
  fieldset: { kind: 'form', load: () => import('../nodes/DestroyForm') },
  useVariables: nodeResult('number'),
});
