import { ClockCircleOutlined, FormOutlined, TableOutlined } from '@ant-design/icons';
import { COLLECTION_MODE, SCHEDULE_MODE } from '../../../common/constants';
import type { Config } from '../../document/types';
import { usePort } from '../../port/HostPort';
import type { TriggerKind } from '../../registry/kinds';
import { recordVariable } from '../variables/collectionVariables';
import type { VariableNode, VariableRequest } from '../variables/types';
import { checkCollection, checkFields, checkFilter, collectionName, collectionOf, faults } from './faults';
import { filterFields, sentence } from './readable';
import { describeRepeat } from './repeat';
import type { Translate } from './types';

const { CREATE, UPDATE, DESTROY } = COLLECTION_MODE;

const appendsOf = (config: Config) => (Array.isArray(config.appends) ? (config.appends as string[]) : []);

/** Hook. The record of the event below `$context.data`. */
function useDataVariable(config: Config, request: VariableRequest): VariableNode[] {
  const { collections, t } = usePort();
  const collection = collectionOf(config);
  if (!collection) return [];
  const data = { name: 'data', label: t('Trigger data'), path: ['$context', 'data'], collection, appends: appendsOf(config) };
  const variable = recordVariable(collections, data, request);
  return variable ? [variable] : [];
}

const fitsType = ({ types }: VariableRequest, type: string) => !types?.length || types.some((wanted) => wanted === type);

export function modeLabel(t: Translate, mode: unknown): string {
  if (mode === CREATE) return t('After record added');
  if (mode === UPDATE) return t('After record updated');
  if (mode === (CREATE | UPDATE)) return t('After record added or updated');
  return mode === DESTROY ? t('After record deleted') : '';
}

export const collectionTriggerKind = (t: Translate): TriggerKind => ({
  type: 'collection',
  title: t('Collection event'),
  description: t('Triggered when records of a collection are added, updated or deleted, by whomever: people, nodes, imports or other plugins.'),
  icon: <TableOutlined />,
  defaultConfig: () => ({}),
  summary: (config, context) => (config.collection ? sentence(collectionName(config, context), modeLabel(t, config.mode)) : null),
  check: (config, context) => [
    ...checkCollection(config, context),
    ...checkFilter(config.condition, 'condition', context),
    ...(modeLabel(t, config.mode) ? [] : [faults.error(t('Choose on which change it is triggered'), 'mode')]),
    ...checkFields(
      config,
      { changed: (config.changed as string[] | undefined) ?? [], condition: filterFields(config.condition), appends: appendsOf(config) },
      context,
    ),
  ],
  executable: (config) => Boolean(config.collection),
  preset: { kind: 'form', load: () => import('../triggers/CollectionTriggerPreset') },
  fieldset: { kind: 'form', load: () => import('../triggers/CollectionTriggerForm') },
  executeFieldset: { kind: 'form', load: () => import('../triggers/CollectionExecuteForm') },
  useVariables: useDataVariable,
});

export const scheduleTriggerKind = (t: Translate): TriggerKind => ({
  type: 'schedule',
  title: t('Schedule event'),
  description: t('Triggered at set times, or at times that records carry.'),
  icon: <ClockCircleOutlined />,
  sync: false,
  defaultConfig: () => ({ mode: SCHEDULE_MODE.STATIC }),
  summary: (config, context) => {
    const repeat = describeRepeat(config.repeat, t);
    if (config.mode !== SCHEDULE_MODE.DATE_FIELD) return config.startsOn ? repeat : null;
    const { field } = Object(config.startsOn) as { field?: string };
    return config.collection ? sentence(collectionName(config, context), field && t('by {{fields}}', { fields: field }), repeat) : null;
  },
  check: (config, context) => {
    if (config.mode !== SCHEDULE_MODE.DATE_FIELD) {
      return config.startsOn ? [] : [faults.error(t('Set when it starts; without a start it never runs'), 'startsOn')];
    }
    const { field } = Object(config.startsOn) as { field?: string };
    const end = Object(config.endsOn) as { field?: string };
    return [
      ...checkCollection(config, context),
      ...(field ? [] : [faults.error(t('Choose the date field that starts it'), 'startsOn')]),
      ...checkFields(config, { startsOn: [field ?? ''], endsOn: [end.field ?? ''], appends: appendsOf(config) }, context),
    ];
  },
  executable: ({ mode, collection }) => mode === SCHEDULE_MODE.STATIC || (mode === SCHEDULE_MODE.DATE_FIELD && Boolean(collection)),
  preset: { kind: 'form', load: () => import('../triggers/SchedulePreset') },
  fieldset: { kind: 'form', load: () => import('../triggers/ScheduleForm') },
  executeFieldset: { kind: 'form', load: () => import('../triggers/ScheduleExecuteForm') },
  useVariables: function useScheduleVariables(config, request) {
    const data = useDataVariable(config, request);
    const date: VariableNode = { name: 'date', label: t('Trigger time'), path: ['$context', 'date'], type: 'date' };
    return [...(fitsType(request, 'date') ? [date] : []), ...(config.mode === SCHEDULE_MODE.DATE_FIELD ? data : [])];
  },
});

export const actionTriggerKind = (t: Translate): TriggerKind => ({
  type: 'action',
  title: t('Post-action event'),
  description: t(
    'Triggered after the completion of a request initiated through an action button or API, such as after adding or updating data. Suitable for data processing, sending notifications, etc., after actions are completed.',
  ),
  icon: <FormOutlined />,
  defaultConfig: () => ({}),
  summary: (config, context) => {
    const actions = (config.actions as string[] | undefined) ?? [];
    const labels = [actions.includes('create') && t('every create action'), actions.includes('update') && t('every update action')];
    const scope = config.global ? labels.filter(Boolean).join(', ') : t('bound buttons');
    return config.collection ? sentence(collectionName(config, context), scope) : null;
  },
  check: (config, context) => [
    ...checkCollection(config, context),
    ...(config.global && !(config.actions as string[] | undefined)?.length
      ? [faults.error(t('Choose at least one action; without any it never runs'), 'actions')]
      : []),
    ...checkFields(config, { appends: appendsOf(config) }, context),
  ],
  executable: (config) => Boolean(config.collection),
  preset: { kind: 'form', load: () => import('../triggers/CollectionTriggerPreset') },
  fieldset: { kind: 'form', load: () => import('../triggers/ActionTriggerForm') },
  executeFieldset: { kind: 'form', load: () => import('../triggers/ActionExecuteForm') },
  useVariables: function useActionVariables(config, request) {
    const { collections } = usePort();
    const data = useDataVariable(config, request);
    const user = recordVariable(
      collections,
      { name: 'user', label: t('User acted'), path: ['$context', 'user'], collection: 'users' },
      request,
    );
    const role: VariableNode = { name: 'roleName', label: t('Role of user acted'), path: ['$context', 'roleName'], type: 'string' };
    return [...data, ...(user ? [user] : []), ...(fitsType(request, 'string') ? [role] : [])];
  },
});
