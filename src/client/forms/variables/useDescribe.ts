import { useCallback } from 'react';
import { useT } from '../../port/HostPort';
import { useFormScope } from '../context';
import { resolveVariable, sampleAt, sampleText } from './resolve';
import type { VariableNode } from './types';

/** How a variable is shown to people. */
export interface VariableDescription {
  /** readable path without the group, e.g. `Trigger data / Amount` */
  label: string;
  /** path with group, value of the last run, or what is wrong */
  details: string;
  /** why the variable cannot be used; null when nothing is known against it */
  problem: string | null;
}

const KNOWN_GROUPS = ['$context', '$jobsMapByNodeKey', '$scopes', '$system', '$env'];

/** Hook. Describes variables by the tree of all that exist. */
export function useDescribe(all: readonly VariableNode[]): (path: readonly string[]) => VariableDescription {
  const t = useT();
  const scope = useFormScope();
  return useCallback(
    (path) => {
      const { labels, missing } = resolveVariable(all, path);
      const document = scope?.document;
      const raw = path.join('.');
      const label = (labels.length > 1 ? labels.slice(1) : labels).join(' / ');
      // Without a workflow around it, nothing is known against a variable of a group that is not shown here.
      const isUnknowable = !all.some(({ name }) => name === path[0]) && (!document || !KNOWN_GROUPS.includes(path[0] ?? ''));
      if (missing === undefined || (isUnknowable && !document)) {
        const sample = sampleText(sampleAt(scope?.samples, path));
        const lines = [labels.join(' / '), sample === null ? null : t('Last run: {{value}}', { value: sample }), raw];
        return { label, details: lines.filter(Boolean).join('\n'), problem: null };
      }
      const problem = explain(path, missing, t, (key) => document?.nodes.get(key)?.title);
      return { label, details: `${problem}\n${raw}`, problem };
    },
    [all, scope, t],
  );
}

function explain(
  path: readonly string[],
  missing: string,
  t: ReturnType<typeof useT>,
  titleOf: (key: string) => string | undefined,
): string {
  const [group, key = ''] = path;
  if (group === '$jobsMapByNodeKey' && missing === key) {
    const title = titleOf(key);
    return title === undefined
      ? t('The node of this variable was deleted')
      : t('The node "{{title}}" does not come before this one', { title });
  }
  if (group === '$scopes' && missing === key) return t('The variable exists only inside the branch of its node');
  if (group === '$env' && missing === key) return t('There is no variable or secret named "{{name}}"', { name: missing });
  if (!KNOWN_GROUPS.includes(group ?? '')) return t('There is no variable group "{{name}}"', { name: group });
  return t('"{{name}}" does not exist, or its association is not preloaded', { name: missing });
}
