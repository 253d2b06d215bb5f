import { useMemo } from 'react';
import type { FlowDocument, FlowNode } from '../../document/types';
import { usePort, type HostPort } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';
import { useFormScope } from '../context';
import type { VariableNode, VariableRequest } from './types';

/** Nodes whose results a node may read: those before it and around it, the nearest first. */
export function nodesBefore(document: FlowDocument, node: FlowNode): FlowNode[] {
  const found: FlowNode[] = [];
  for (let key = node.upstream; key !== null && found.length <= document.nodes.size; ) {
    const upstream = document.nodes.get(key);
    if (!upstream) break;
    found.push(upstream);
    key = upstream.upstream;
  }
  return found;
}

/** Nodes in whose branches a node stands, the innermost first. */
export function nodesAround(document: FlowDocument, node: FlowNode): FlowNode[] {
  const before = [node, ...nodesBefore(document, node)];
  return before.flatMap((inner, at) => {
    const outer = before[at + 1];
    return inner.branch !== null && outer ? [outer] : [];
  });
}

const DATE_RANGES = [
  'yesterday', 'today', 'tomorrow', 'lastWeek', 'thisWeek', 'nextWeek', 'lastMonth', 'thisMonth', 'nextMonth',
  'lastQuarter', 'thisQuarter', 'nextQuarter', 'lastYear', 'thisYear', 'nextYear', 'last7Days', 'next7Days',
  'last30Days', 'next30Days', 'last90Days', 'next90Days',
] as const;

function dateRangeLabels(t: HostPort['t']): Record<(typeof DATE_RANGES)[number], string> {
  return {
    yesterday: t('Yesterday'), today: t('Today'), tomorrow: t('Tomorrow'),
    lastWeek: t('Last week'), thisWeek: t('This week'), nextWeek: t('Next week'),
    lastMonth: t('Last month'), thisMonth: t('This month'), nextMonth: t('Next month'),
    lastQuarter: t('Last quarter'), thisQuarter: t('This quarter'), nextQuarter: t('Next quarter'),
    lastYear: t('Last year'), thisYear: t('This year'), nextYear: t('Next year'),
    last7Days: t('Last 7 days'), next7Days: t('Next 7 days'), last30Days: t('Last 30 days'),
    next30Days: t('Next 30 days'), last90Days: t('Last 90 days'), next90Days: t('Next 90 days'),
  };
}

/** `$system.dateRange`, for filters over dates. */
function dateRanges(t: HostPort['t']): VariableNode {
  const labels = dateRangeLabels(t);
  const path = ['$system', 'dateRange'];
  const children = DATE_RANGES.map((name): VariableNode => ({ name, label: labels[name], path: [...path, name], type: 'date' }));
  return { name: 'dateRange', label: t('Date range'), path, disabled: true, children };
}

const group = (name: string, label: string, children: readonly VariableNode[]): VariableNode => ({
  name,
  label,
  path: [name],
  disabled: true,
  children,
});

const isType = (request: VariableRequest, ...wanted: string[]) =>
  !request.types?.length || request.types.some((type) => typeof type === 'string' && wanted.includes(type));

function systemVariables(registry: KindRegistry, port: HostPort, request: VariableRequest, withDateRanges: boolean): VariableNode[] {
  const own = registry.systemVariables().map(({ key, label, tooltip }): VariableNode => {
    const type = key === 'now' ? 'date' : /Id$/.test(key) ? 'number' : undefined;
    return { name: key, label, tooltip, path: ['$system', ...key.split('.')], type };
  });
  const fitting = own.filter(({ type }) => (type ? isType(request, type) : !request.types?.length));
  return withDateRanges ? [...fitting, dateRanges(port.t)] : fitting;
}

function environmentVariables(port: HostPort, request: VariableRequest): VariableNode[] {
  if (!isType(request, 'string')) return [];
  return (port.environment?.() ?? []).map(({ name, secret }): VariableNode => ({
    name,
    label: name,
    path: ['$env', name],
    type: 'string',
    tooltip: secret ? port.t('Secret') : undefined,
  }));
}

const scopesOf = (registry: KindRegistry, document: FlowDocument, node: FlowNode, request: VariableRequest) => {
  const around = request.includeScopes === false ? [] : nodesAround(document, node);
  return around.flatMap((outer): VariableNode[] => {
    const children = registry.node(outer.type)?.useScopeVariables?.(outer, request, document) ?? [];
    return children.length ? [{ name: outer.key, label: outer.title, path: ['$scopes', outer.key], disabled: true, children }] : [];
  });
};

/**
 * Hook. All variables that the form's node may use, in groups: of the branches around it, results of nodes before it,
 * data of the trigger, system, variables and secrets. Empty where variables make no sense.
 *
 * The types' own hooks are called in the order of the nodes before the form's node; that order must not change while
 * a form is shown, so drawers are keyed by their node.
 */
export function useVariableTree(request: VariableRequest = {}, withDateRanges = false): readonly VariableNode[] {
  const port = usePort();
  const scope = useFormScope();
  const { document, node, registry } = scope ?? {};
  const scopes = document && node && registry ? scopesOf(registry, document, node, request) : [];
  const results =
    document && node && registry
      ? nodesBefore(document, node).flatMap((before) => registry.node(before.type)?.useVariables?.(before, request, document) ?? [])
      : [];
  const context = document && registry ? registry.trigger(document.trigger.type)?.useVariables?.(document.trigger.config, request) ?? [] : [];
  const isHidden = !scope || scope.hideVariables;
  const signature = JSON.stringify([request, withDateRanges, node?.key, isHidden]);
  return useMemo(() => {
    if (isHidden || !registry) return [];
    const { t } = port;
    const inFlow = node
      ? [group('$scopes', t('Scope variables'), scopes), group('$jobsMapByNodeKey', t('Node result'), results)]
      : [];
    return [
      ...inFlow,
      group('$context', t('Trigger variables'), context),
      group('$system', t('System variables'), systemVariables(registry, port, request, withDateRanges)),
      group('$env', t('Variables and secrets'), environmentVariables(port, request)),
    ];
    // Trees are rebuilt when the document or the request changes; their functions read the catalog when opened.
  }, [document, registry, signature, port]);
}
