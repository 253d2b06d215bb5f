import type { Config, FlowDocument, FlowNode, Place } from '../../client/document/types';
import type { HostPort } from '../../client/port/HostPort';
import type { BranchInfo, NodeKind } from '../../client/registry/kinds';
import { contractCard } from '../bridge/contractCard';
import { contractView, detachedRow } from '../bridge/contractView';
import { getInstructionAvailable } from '../canvas/nodes';
import type { Branching, Instruction } from '../registry/Instruction';
import type { ClientNode } from '../registry/types';
import { fieldsetOf, type LegacyRenderer } from './fieldsets';
import { asUseOptions, variableOf } from './variables';

/** What types of extensions are adapted with. */
export interface Adapting {
  port: Pick<HostPort, 't' | 'compile'>;
  /** the workflow plugin, which extensions call the engine */
  engine: unknown;
  legacy?: LegacyRenderer;
}

function branchesOf(branching: Branching | undefined, compile: HostPort['compile']): BranchInfo[] {
  if (!branching) return [];
  if (branching === true) return [{ index: 0, label: '' }];
  return branching.map(({ value, label }) => ({ index: value, label: compile(label) }));
}

const rowIn = (document: FlowDocument, node: FlowNode): ClientNode =>
  contractView(document).byKey.get(node.key) ?? detachedRow(node);

function unavailable(instruction: Instruction, { port, engine }: Adapting, place: Place, document: FlowDocument): string | null {
  const { workflow, byKey } = contractView(document);
  const reason = getInstructionAvailable(instruction, {
    engine,
    workflow,
    upstream: (place.upstream !== null && byKey.get(place.upstream)) || null,
    branchIndex: place.branch,
  });
  return reason && port.t(reason);
}

function cardOf({ Component, ComponentLoader }: Instruction, legacy: unknown): NodeKind['card'] {
  if (Component && legacy) return { kind: 'component', Component: contractCard(Component) };
  return ComponentLoader && { kind: 'loader', load: async () => ({ default: contractCard((await ComponentLoader()).default) }) };
}

/** A node type that was registered by an extension, as canvas, palette and drawers see it. */
export function nodeKindOf(instruction: Instruction, adapting: Adapting): NodeKind {
  const { port, legacy } = adapting;
  const { compile } = port;
  const { branching, end } = instruction;
  const schemas = { scope: instruction.scope, components: instruction.components };
  return {
    type: instruction.type,
    title: compile(instruction.title),
    description: instruction.description && compile(instruction.description),
    group: instruction.group,
    icon: instruction.icon,
    async: Boolean(instruction.async),
    testable: Boolean(instruction.testable),
    branches: (config: Config) => branchesOf(typeof branching === 'function' ? branching(config) : branching, compile),
    ends: (node) => (typeof end === 'function' ? end(detachedRow(node)) : Boolean(end)),
    defaultConfig: () => instruction.createDefaultConfig?.() ?? {},
    unavailable: (place, document) => unavailable(instruction, adapting, place, document),
    fieldset: fieldsetOf({ schema: instruction.fieldset, load: instruction.FieldsetLoader }, schemas, legacy),
    preset: fieldsetOf({ schema: instruction.presetFieldset, load: instruction.PresetFieldsetLoader }, schemas, legacy),
    card: cardOf(instruction, legacy),
    ...(instruction.useVariables && {
      useVariables(node, request, document) {
        const option = instruction.useVariables!(rowIn(document, node), asUseOptions(request));
        return option && variableOf(option, ['$jobsMapByNodeKey'], compile);
      },
    }),
    ...(instruction.useScopeVariables && {
      useScopeVariables(node, request, document) {
        const variables = instruction.useScopeVariables!(rowIn(document, node), asUseOptions(request)) as unknown[] | null;
        return (variables ?? []).map((variable) => variableOf(variable, ['$scopes', node.key], compile));
      },
    }),
  };
}
