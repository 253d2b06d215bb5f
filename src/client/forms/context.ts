import { createContext, useContext } from 'react';
import type { FlowDocument, FlowNode } from '../document/types';
import type { KindRegistry } from '../registry/kinds';

/**
 * Values of the last execution of the workflow, for people to recognise data by. Shortened, secrets masked.
 * Answer of `workflows:samples`.
 */
export interface Samples {
  /** of `$context` */
  context?: unknown;
  /** of `$jobsMapByNodeKey`, by node key */
  results?: Readonly<Record<string, unknown>>;
  /** ISO time of the execution */
  at?: string;
}

/**
 * What a drawer or dialog tells the form that it shows. Fields of the form are those of an antd Form around it,
 * named `['config', …]` (execute forms: the values themselves).
 */
export interface FormScope {
  /** with the changes that were not saved yet; undefined where a workflow is just being created */
  document?: FlowDocument;
  /** the node whose config is edited; undefined for triggers and execute forms */
  node?: FlowNode;
  registry: KindRegistry;
  samples?: Samples;
  readOnly: boolean;
  /** true where variables make no sense: in execute forms and in test runs */
  hideVariables: boolean;
}

const FormScopeContext = createContext<FormScope | null>(null);

export const FormScopeProvider = FormScopeContext.Provider;

/** What the drawer around a form says; null where an input is used outside of any workflow. */
export const useFormScope = (): FormScope | null => useContext(FormScopeContext);
