import { createContext, useContext, type ComponentType, type ReactNode } from 'react';

/** One request to an action of a resource, e.g. `workflows:update`. */
export interface ActionRequest {
  /** `resource:action`, or `resource/<id>/association:action` */
  action: string;
  /** becomes the query string; objects other than arrays of strings are sent as JSON */
  params?: Record<string, unknown>;
  /** body; its presence, or any action but list and get, makes a POST */
  values?: unknown;
  /** data source of the resource, for collections outside the main one */
  dataSource?: string;
  signal?: AbortSignal;
}

export interface ActionResponse<T> {
  data: T;
  meta?: { count?: number; page?: number; pageSize?: number; totalPage?: number };
}

/** One fault that a refusal named; `nodeKey` and `field` say where. */
export interface RefusedPlace {
  message: string;
  nodeKey?: string;
  field?: string;
}

/** What the server said when it refused; `field` names the faulty one when it is known, `faults` all of them. */
export class RequestRefused extends Error {
  constructor(
    message: string,
    readonly status: number | undefined,
    readonly field?: string,
    readonly faults: readonly RefusedPlace[] = [],
  ) {
    super(message);
    this.name = 'RequestRefused';
  }
}

/** A field of a collection, as far as workflows read it. */
export interface CollectionField {
  name: string;
  title: string;
  /** `string`, `belongsTo`, …: how it is stored */
  type: string;
  /** `input`, `m2o`, …: how it is edited; fields without one are not offered to users */
  interface?: string;
  /** collection that an association points to */
  target?: string;
  foreignKey?: string;
  /** the field holds the key of a record of `target` */
  isForeignKey?: boolean;
  hidden?: boolean;
  /** collection that it is a field of, where that is not where it was found */
  collectionName?: string;
  required?: boolean;
  /** values of a select, with their titles */
  choices?: { value: string | number; label: string; color?: string }[];
}

export interface CollectionInfo {
  dataSource: string;
  name: string;
  title: string;
  titleField?: string;
  primaryKey: string;
  fields: readonly CollectionField[];
}

export interface DataSourceInfo {
  key: string;
  title: string;
  collections: readonly CollectionInfo[];
}

/** What the browser knows of the data model. Names may carry their data source: `orders` or `other:orders`. */
export interface CollectionCatalog {
  dataSources(): readonly DataSourceInfo[];
  find(name: string): CollectionInfo | undefined;
  /** asks the server again, after collections were created */
  reload?(): Promise<void>;
}

/** Inputs that the host draws better than we could, because plugins add field types to them. */
export interface HostInputs {
  /** edits one value of a field of a collection; absent: ours is used */
  FieldValue?: ComponentType<{
    collection: string;
    field: string;
    value: unknown;
    disabled?: boolean;
    onChange(value: unknown): void;
  }>;
}

/**
 * All that pages, canvas and forms need of the application around them. Each browser lane implements it once
 * (`src/client-v2/host`, `src/client-v1/host`); tests implement it in memory.
 */
export interface HostPort {
  /** @throws {RequestRefused} */
  request<T>(request: ActionRequest): Promise<ActionResponse<T>>;
  /** Text of our locale files in the user's language; `{{name}}` in the text is replaced. */
  t(key: string, values?: Record<string, unknown>): string;
  /** Texts of extensions may be templates such as `{{t("Loop", {ns: …})}}`. */
  compile(text: unknown): string;
  /** BCP 47, e.g. `zh-CN` */
  language: string;
  collections: CollectionCatalog;
  inputs: HostInputs;
  /** names of variables and secrets, offered as `{{$env.NAME}}` */
  environment?(): readonly { name: string; secret?: boolean }[];
  /** goes to a path of the application without a reload */
  navigate(path: string, options?: { replace?: boolean }): void;
  /**
   * Asks before another page of the application is shown, as long as `isNeeded` says so; `ask` resolves to whether one
   * may leave. Returns how to stop. Absent: the application has no way to hold.
   */
  guardLeaving?(isNeeded: () => boolean, ask: () => Promise<boolean>): () => void;
  /** full path for links and new tabs; the v2 lane lives below a prefix */
  href(path: string): string;
  /** whether the user's role may call an action, e.g. `workflows:update` */
  can(action: string): boolean;
  /** Messages of the server, e.g. `workflow:execution:changed`. Returns how to stop. */
  subscribe(type: string, listener: (payload: unknown) => void): () => void;
  /** base of the HTTP API as a client outside the browser would write it, e.g. `http://host/api` */
  apiBase: string;
  /** What the host's own drawers lie in: a drawer whose form opens one of those has to lie there too. Absent: the document. */
  drawerContainer?(): HTMLElement | undefined;
  /** wraps what is opened outside the tree of the page (drawers of extensions) with the host's own contexts */
  wrap?(content: ReactNode): ReactNode;
}

const PortContext = createContext<HostPort | null>(null);

export const PortProvider = PortContext.Provider;

let portOfPage: HostPort | null = null;

/** Extensions use our inputs on pages of their own as well, where no `PortProvider` is; they get this one. */
export function providePort(port: HostPort | null): void {
  portOfPage = port;
}

/** The application around us. @throws when a page was not wrapped in a `PortProvider` */
export function usePort(): HostPort {
  const port = useContext(PortContext) ?? portOfPage;
  if (!port) throw new Error('No PortProvider above this component');
  return port;
}

export const useT = () => usePort().t;
