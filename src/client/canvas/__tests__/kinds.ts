import { coreNodeKinds, coreTriggerKinds } from '../../forms/kinds';
import type { HostPort } from '../../port/HostPort';
import type { KindRegistry, NodeKind } from '../../registry/kinds';

export const t: HostPort['t'] = (key, values = {}) =>
  key.replace(/{{\s*(\w+)\s*}}/g, (all, name: string) => (name in values ? String(values[name]) : all));

export function registryWith(...more: NodeKind[]): KindRegistry {
  const nodes = new Map([...coreNodeKinds(t), ...more].map((kind) => [kind.type, kind]));
  const triggers = new Map(coreTriggerKinds(t).map((kind) => [kind.type, kind]));
  return {
    node: (type) => nodes.get(type),
    trigger: (type) => triggers.get(type),
    nodes: () => [...nodes.values()],
    triggers: () => [...triggers.values()],
    groups: () => [
      { key: 'control', title: 'Control' },
      { key: 'calculation', title: 'Calculation' },
    ],
    systemVariables: () => [],
  };
}
