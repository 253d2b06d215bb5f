import type { ComponentType, ReactNode } from 'react';
import type { Config, FlowDocument, FlowNode, Place } from '../document/types';
import type { VariableNode, VariableRequest } from '../forms/variables/types';

type Loader<P> = () => Promise<{ default: ComponentType<P> }>;

/** Something that keeps a node or trigger from working as drawn. Errors are listed before enabling. */
export interface Fault {
  level: 'error' | 'warning';
  /** translated sentence */
  message: string;
  /** path inside the config, e.g. `params.filter`; absent when the whole node is meant */
  field?: string;
}

/** A branch that a node opens with its present config. */
export interface BranchInfo {
  index: number;
  label: string;
}

/** What checks and summaries may look at. */
export interface KindContext {
  document: FlowDocument;
  node?: FlowNode;
  t(key: string, values?: Record<string, unknown>): string;
  /** collection by name with or without data source; undefined when it does not exist (any more) */
  collectionTitle(name: string): string | undefined;
  hasField(collection: string, path: string): boolean;
}

/** How a surface (drawer, preset dialog) edits its config. A lane decides by the dispatch rule of the contract. */
export type Fieldset =
  /** fields of an antd Form, named `['config', …]`; loaded when first opened */
  | { kind: 'form'; load: Loader<Record<string, never>> }
  /** a whole form of the host's older kind (Formily), drawn by the lane */
  | { kind: 'legacy'; Component: ComponentType<LegacyFieldsetProps> };

export interface LegacyFieldsetProps {
  value: Record<string, unknown>;
  disabled?: boolean;
  onChange(value: Record<string, unknown>): void;
  /**
   * Takes what checks all fields before saving and gives their values, and undefined when the form goes. It rejects when
   * a field is wrong, which shows why. `onChange` is for what people change: values that the form sets itself come here.
   */
  onSubmitter?(submit: (() => Promise<Record<string, unknown>>) | undefined): void;
}

/** A node type as canvas, palette and drawers see it. Lanes make it from the registered instruction. */
export interface NodeKind {
  type: string;
  /** translated */
  title: string;
  description?: string;
  /** key of a group of the palette */
  group: string;
  icon?: ReactNode;
  /** may wait: not for synchronous workflows */
  async: boolean;
  testable: boolean;
  branches(config: Config): readonly BranchInfo[];
  /**
   * Where the nodes of each branch go when the config changes: new index by old one, null when the branch is gone with
   * its nodes. Branches that are not named stay.
   */
  moveBranches?(before: Config, after: Config): ReadonlyMap<number, number | null>;
  /** nothing can follow the node */
  ends(node: FlowNode): boolean;
  defaultConfig(): Config;
  /** why the type cannot be used at a place, translated; null when it can */
  unavailable(place: Place, document: FlowDocument): string | null;
  /** one line that says what the node does as configured */
  summary?(config: Config, context: KindContext): string | null;
  check?(config: Config, context: KindContext): Fault[];
  fieldset?: Fieldset;
  /** Hook. The result as a variable, whose path is `['$jobsMapByNodeKey', node.key]`; null when nothing in it fits. */
  useVariables?(node: FlowNode, request: VariableRequest, document: FlowDocument): VariableNode | null;
  /** Hook. What nodes inside its branches see in addition, below `['$scopes', node.key]`. */
  useScopeVariables?(node: FlowNode, request: VariableRequest, document: FlowDocument): readonly VariableNode[];
  /** asked when the node is added */
  preset?: Fieldset;
  /** draws the card instead of ours, with branches as children; contract of extensions */
  card?: { kind: 'component'; Component: ComponentType<{ data: unknown }> } | { kind: 'loader'; load: Loader<{ data: unknown }> };
}

export interface NodeGroup {
  key: string;
  title: string;
}

export interface TriggerKind {
  type: string;
  title: string;
  description?: string;
  icon?: ReactNode;
  /** undefined: the admin chooses */
  sync?: boolean;
  defaultConfig(): Config;
  summary?(config: Config, context: KindContext): string | null;
  check?(config: Config, context: KindContext): Fault[];
  /** asked when the workflow is created */
  preset?: Fieldset;
  fieldset?: Fieldset;
  /** Hook. Children of `$context`. */
  useVariables?(config: Config, request: VariableRequest): readonly VariableNode[];
  /** whether the config is complete enough to execute the workflow by hand */
  executable?(config: Config): boolean;
  /** asked when it is executed by hand; absent: cannot be executed by hand */
  executeFieldset?: Fieldset;
}

/** A variable below `$system`. */
export interface SystemVariable {
  key: string;
  /** translated */
  label: string;
  tooltip?: string;
}

/** What is installed: our types and those of extensions. */
export interface KindRegistry {
  node(type: string): NodeKind | undefined;
  trigger(type: string): TriggerKind | undefined;
  nodes(): readonly NodeKind[];
  triggers(): readonly TriggerKind[];
  groups(): readonly NodeGroup[];
  systemVariables(): readonly SystemVariable[];
}
