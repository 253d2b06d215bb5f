import { createHistory, learnIds, record, type FlowDocument, type History } from '../../document';
import { FlowSaver } from '../FlowSaver';
import type { SaveFault, SavePayload, SaverClock, SaveResult } from '../types';

/** Time that only moves when a test says so. */
export class FakeClock implements SaverClock {
  private time = 0;
  private timers: { at: number; act: () => void }[] = [];

  now = () => this.time;

  after(delayMs: number, act: () => void) {
    const timer = { at: this.time + delayMs, act };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((item) => item !== timer);
    };
  }

  /** Lets time pass; timers act in order. */
  pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const next = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = next.at;
      next.act();
    }
    this.time = end;
  }

  get pending(): number {
    return this.timers.length;
  }
}

type StoredNode = Required<SavePayload['nodes']['put'][number]> & { id: number };
type Sent = SavePayload['nodes']['put'][number];

/** Stores flows as `workflows:saveFlow` does; the test decides when and how it answers. */
export class FakeServer {
  readonly nodes = new Map<string, StoredNode>();
  readonly requests: SavePayload[] = [];
  trigger = { title: '', config: {} as Record<string, unknown> };
  revision = 1;
  /** what is wrong with a config that is sent; null when nothing is */
  faultIn: (config: Sent['config']) => { field: string; message: string } | null = () => null;
  private readonly open: { payload: SavePayload; resolve(result: SaveResult): void; reject(error: unknown): void }[] = [];
  private nextId = 100;

  save = (payload: SavePayload): Promise<SaveResult> => {
    this.requests.push(payload);
    return new Promise((resolve, reject) => this.open.push({ payload, resolve, reject }));
  };

  get isAsked(): boolean {
    return this.open.length > 0;
  }

  /** Carries out the request under way and answers it, or loses the answer. */
  async answer({ loseAnswer = false } = {}): Promise<void> {
    const { payload, resolve, reject } = this.open.shift()!;
    if (payload.base !== null && payload.base !== String(this.revision)) {
      reject({ status: 409 });
    } else if (this.faultsIn(payload).length) {
      reject({ status: 400, faults: this.faultsIn(payload) });
    } else {
      const ids = this.store(payload);
      if (loseAnswer) reject(new Error('connection lost'));
      else resolve({ revision: String(this.revision), ids });
    }
    await settled();
  }

  async refuse(error: unknown): Promise<void> {
    this.open.shift()!.reject(error);
    await settled();
  }

  private faultsIn({ nodes }: SavePayload): SaveFault[] {
    return nodes.put.flatMap(({ key, config }) => {
      const fault = config && this.faultIn(config);
      return fault ? [{ ...fault, nodeKey: key }] : [];
    });
  }

  private store({ nodes, trigger }: SavePayload): Record<string, number> {
    const ids: Record<string, number> = {};
    for (const key of nodes.remove) this.nodes.delete(key);
    for (const node of nodes.put) {
      const before = this.nodes.get(node.key);
      const id = before?.id ?? (ids[node.key] = this.nextId++);
      this.nodes.set(node.key, { ...node, title: node.title ?? before?.title ?? '', config: node.config ?? before?.config ?? {}, id });
    }
    this.trigger = { ...this.trigger, ...trigger };
    this.revision++;
    return ids;
  }
}

/** Everything that is waiting for a promise has gone on. */
export const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** An editor with its history, saving to a server. */
export class World {
  readonly clock = new FakeClock();
  readonly server = new FakeServer();
  readonly saver: FlowSaver;
  history: History;

  constructor(document: FlowDocument, load?: () => Promise<{ document: FlowDocument; revision: string | null }>) {
    for (const { key, type, title, config, upstream, branch, downstream } of document.nodes.values()) {
      this.server.nodes.set(key, { key, type, title, config, upstream, branch, downstream, id: 1 });
    }
    this.server.trigger = { title: document.trigger.title, config: document.trigger.config };
    this.history = createHistory(document);
    this.saver = new FlowSaver({
      save: this.server.save,
      saved: document,
      revision: '1',
      clock: this.clock,
      load,
      onIds: (ids) => this.set(learnIds(this.history, ids)),
    });
  }

  set(history: History): void {
    this.history = history;
    this.saver.update(history.document);
  }

  edit(command: (document: FlowDocument) => FlowDocument): void {
    this.set(record(this.history, command(this.history.document), { label: 'edit', at: this.clock.now() }));
  }

  /** The editor's nodes as the server should have them. */
  get shown() {
    return new Map(
      [...this.history.document.nodes.values()].map(({ key, type, title, config, upstream, branch, downstream }) => [
        key,
        { key, type, title, config, upstream, branch, downstream },
      ]),
    );
  }

  get stored() {
    return new Map([...this.server.nodes].map(([key, { id: _, ...node }]) => [key, node]));
  }
}
