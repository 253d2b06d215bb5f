import type { ComponentType, JSX } from 'react';
import type { ClientNode, ClientWorkflow, TempAssociationSource, UseVariableOptions, VariableOption } from './types';

type ComponentLoader<P = any> = () => Promise<{ default: ComponentType<P> }>;

/** Where somebody wants to put a node. */
export interface NodeAvailableContext {
  /** the workflow plugin */
  engine: any;
  workflow: ClientWorkflow;
  upstream: ClientNode | null;
  branchIndex: number | null;
  syncOnly?: boolean;
}

export type Branching = boolean | { label: string; value: number }[];

/**
 * Browser half of a node type; the server half has the same `type`.
 * A surface may be given as a Formily schema (v1 only) or as a loader of a React component (both clients).
 * Fields are declared only: an own `undefined` would hide what an extension defines as a method.
 */
export abstract class Instruction {
  /** shown in the menu, on the card and as the title of new nodes; may be a `{{t("…")}}` template */
  declare title: string;
  declare type: string;
  /** key of a group, see `registerInstructionGroup` */
  declare group: string;
  declare description?: string;
  declare icon?: JSX.Element;
  /** may wait for an outside event: not for synchronous workflows */
  declare async?: boolean;
  /** @deprecated use `presetFieldset` */
  declare options?: { label: string; value: any; key: string }[];
  declare fieldset?: Record<string, any>;
  declare presetFieldset?: Record<string, any>;
  declare view?: any;
  declare scope?: Record<string, any>;
  declare components?: Record<string, any>;
  Component?(props: { data: any }): JSX.Element;
  declare ComponentLoader?: ComponentLoader<{ data: any }>;
  declare FieldsetLoader?: ComponentLoader;
  declare PresetFieldsetLoader?: ComponentLoader;
  /** which branches the node opens; `true` = one without a name */
  declare branching?: Branching | ((config: any) => Branching);
  /** nothing can follow the node */
  declare end?: boolean | ((node: ClientNode) => boolean);
  declare testable?: boolean;
  createDefaultConfig?(): Record<string, any>;
  isAvailable?(context: NodeAvailableContext): boolean;
  /** the node's result as a variable; null when nothing in it has one of the wanted types */
  useVariables?(node: ClientNode, options?: UseVariableOptions): VariableOption | null;
  /** what nodes inside its branches see in addition */
  useScopeVariables?(node: ClientNode, options?: any): any[];
  useInitializers?(node: ClientNode): any;
  getCreateModelMenuItem?(context: { node: ClientNode; workflow: ClientWorkflow }): any;
  useTempAssociationSource?(node: ClientNode): TempAssociationSource | null;
}
