import { coreNodeKinds, coreSystemVariables, coreTriggerKinds } from '../../client/forms/kinds';
import type { KindRegistry, NodeGroup, NodeKind, SystemVariable, TriggerKind } from '../../client/registry/kinds';
import type { Instruction } from '../registry/Instruction';
import type { Trigger } from '../registry/Trigger';
import { nodeKindOf, type Adapting } from './nodeKind';
import { triggerKindOf } from './triggerKind';

/** The registries of the plugin of either client. */
export interface Registered {
  instructions: { getEntities(): Iterable<[string, Instruction]> };
  triggers: { getEntities(): Iterable<[string, Trigger]> };
  instructionGroups: { getEntities(): Iterable<[string, { label: string }]> };
  systemVariables: { getEntities(): Iterable<[string, { key: string; label: unknown; tooltip?: string }]> };
}

/** Adapts what is registered, each thing once. What is registered later is seen at the next look. */
class Adapted<Source extends object, Kind> {
  private readonly made = new Map<string, { source: Source; kind: Kind }>();
  private all: readonly Kind[] = [];

  constructor(
    private readonly sources: () => Iterable<[string, Source]>,
    private readonly adapt: (key: string, source: Source) => Kind,
  ) {}

  list(): readonly Kind[] {
    let changed = false;
    const kinds: Kind[] = [];
    for (const [key, source] of this.sources()) {
      let known = this.made.get(key);
      if (known?.source !== source) {
        known = { source, kind: this.adapt(key, source) };
        this.made.set(key, known);
        changed = true;
      }
      kinds.push(known.kind);
    }
    if (changed || kinds.length !== this.all.length) this.all = kinds;
    return this.all;
  }

  get(key: string): Kind | undefined {
    this.list();
    return this.made.get(key)?.kind;
  }
}

/** Node and trigger types of this package and of extensions. */
export class LaneRegistry implements KindRegistry {
  private readonly nodeKinds: Adapted<Instruction, NodeKind>;
  private readonly triggerKinds: Adapted<Trigger, TriggerKind>;

  constructor(
    private readonly registered: Registered,
    private readonly adapting: Adapting,
  ) {
    const { t } = adapting.port;
    // Ours are made when they are needed first: texts of the user's language arrive after the plugins were made.
    let ownNodes: Map<string, NodeKind> | undefined;
    let ownTriggers: Map<string, TriggerKind> | undefined;
    const ownNode = (type: string) => (ownNodes ??= new Map(coreNodeKinds(t).map((kind) => [kind.type, kind]))).get(type);
    const ownTrigger = (type: string) =>
      (ownTriggers ??= new Map(coreTriggerKinds(t).map((kind) => [kind.type, kind]))).get(type);
    this.nodeKinds = new Adapted(
      () => registered.instructions.getEntities(),
      (type, instruction) => ownNode(type) ?? nodeKindOf(instruction, adapting),
    );
    this.triggerKinds = new Adapted(
      () => registered.triggers.getEntities(),
      (type, trigger) => ownTrigger(type) ?? triggerKindOf(type, trigger, adapting),
    );
  }

  node(type: string): NodeKind | undefined {
    return this.nodeKinds.get(type);
  }

  trigger(type: string): TriggerKind | undefined {
    return this.triggerKinds.get(type);
  }

  nodes(): readonly NodeKind[] {
    return this.nodeKinds.list();
  }

  triggers(): readonly TriggerKind[] {
    return this.triggerKinds.list();
  }

  groups(): readonly NodeGroup[] {
    const { compile } = this.adapting.port;
    return [...this.registered.instructionGroups.getEntities()].map(([key, { label }]) => ({ key, title: compile(label) }));
  }

  systemVariables(): readonly SystemVariable[] {
    const { t, compile } = this.adapting.port;
    const own = coreSystemVariables(t);
    const others = [...this.registered.systemVariables.getEntities()]
      .map(([, variable]) => variable)
      .filter(({ key }) => !own.some((variable) => variable.key === key))
      .map(({ key, label, tooltip }) => ({ key, label: compile(label) || key, tooltip: tooltip && compile(tooltip) }));
    return [...own, ...others];
  }
}
