import type { Config } from '../../document/types';
import type { Fault, KindContext } from '../../registry/kinds';
import { incompleteConditions } from '../filter/model';
import { filterFields } from './readable';

export type Params = Readonly<Record<string, unknown>>;

export const paramsOf = (config: Config): Params => (config.params as Params | undefined) ?? {};

export const collectionOf = (config: Config): string => (typeof config.collection === 'string' ? config.collection : '');

/** What people call the collection; its name when it does not exist. */
export const collectionName = (config: Config, context: KindContext): string => {
  const name = collectionOf(config);
  return context.collectionTitle(name) ?? name;
};

const error = (message: string, field?: string): Fault => ({ level: 'error', message, field });
const warning = (message: string, field?: string): Fault => ({ level: 'warning', message, field });
export const faults = { error, warning };

/** The collection is chosen and exists. */
export function checkCollection(config: Config, { t, collectionTitle }: KindContext): Fault[] {
  const name = collectionOf(config);
  if (!name) return [error(t('Choose a collection'), 'collection')];
  if (collectionTitle(name) === undefined) {
    return [error(t('Collection "{{name}}" does not exist', { name }), 'collection')];
  }
  return [];
}

/** Every field that is named in the config exists. @param paths by the place in the config where they are named */
export function checkFields(config: Config, paths: Record<string, readonly string[]>, context: KindContext): Fault[] {
  const collection = collectionOf(config);
  if (!collection || context.collectionTitle(collection) === undefined) return [];
  return Object.entries(paths).flatMap(([field, names]) =>
    [...new Set(names)]
      .filter((name) => name && !name.includes('{{') && !context.hasField(collection, name))
      .map((name) => error(context.t('Field "{{name}}" does not exist', { name }), field)),
  );
}

/** Fields named in the usual params of data nodes. */
export function checkParams(config: Config, context: KindContext): Fault[] {
  const { filter, appends, sort, values } = paramsOf(config);
  return [
    ...checkFilter(filter, 'params.filter', context),
    ...checkFields(config, {
      'params.filter': filterFields(filter),
      'params.appends': (appends as string[] | undefined) ?? [],
      'params.sort': ((sort as { field?: string }[] | undefined) ?? []).map(({ field }) => field ?? ''),
      'params.values': Object.keys((values as object | undefined) ?? {}),
    }, context),
  ];
}

/** Every condition of a filter compares with something. */
export function checkFilter(filter: unknown, field: string, { t }: KindContext): Fault[] {
  return incompleteConditions(filter).map((name) =>
    error(t('The condition on "{{name}}" has no value. Complete or remove it.', { name }), field),
  );
}

/** A condition of an expression engine or of the basic one. */
export function checkCondition(
  { engine, calculation, expression }: { engine?: unknown; calculation?: unknown; expression?: unknown },
  context: KindContext,
  path = '',
): Fault[] {
  if (typeof engine === 'string' && engine !== 'basic') {
    const isEmpty = typeof expression !== 'string' || !expression.trim();
    return isEmpty ? [error(context.t('The expression is empty'), `${path}expression`)] : [];
  }
  return hasComparison(calculation) ? [] : [warning(context.t('No condition is set, so it is always met'), `${path}calculation`)];
}

function hasComparison(calculation: unknown): boolean {
  const { calculator, group } = Object(calculation) as { calculator?: string; group?: { calculations?: unknown[] } };
  return Boolean(calculator) || Boolean(group?.calculations?.some(hasComparison));
}
