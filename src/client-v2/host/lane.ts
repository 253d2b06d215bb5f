import { providePort } from '../../client/port/HostPort';
import type { KindRegistry } from '../../client/registry/kinds';
import type { LegacyRenderer } from '../kinds/fieldsets';
import { LaneRegistry, type Registered } from '../kinds/LaneRegistry';
import type { Instruction } from '../registry/Instruction';
import type { Trigger } from '../registry/Trigger';
import type { TaskTypeOptions } from '../registry/withRegistries';
import { TaskCounts } from '../tasks/TaskCounts';
import { createPort, type LaneApplication, type LanePort } from './port';

/** The workflow plugin, as far as pages use it. */
export interface LanePlugin extends Registered {
  instructions: Registered['instructions'] & { get(type: string): Instruction | undefined };
  triggers: Registered['triggers'] & { get(type: string): Trigger | undefined };
  taskTypes: { getKeys(): Iterable<string>; get(key: string): TaskTypeOptions | undefined };
}

/** The client that this page runs, with what our pages need of it. */
export interface Lane {
  app: LaneApplication;
  plugin: LanePlugin;
  port: LanePort;
  registry: KindRegistry;
  taskCounts: TaskCounts;
}

let current: Lane | undefined;

/**
 * Called once by the plugin of the client that is running.
 * @param legacy draws Formily schemas, where the client can
 */
export function openLane(app: LaneApplication, plugin: LanePlugin, legacy?: LegacyRenderer): Lane {
  const port = createPort(app);
  providePort(port);
  const registry = new LaneRegistry(plugin, { port, engine: plugin, legacy });
  current = { app, plugin, port, registry, taskCounts: new TaskCounts(port, () => [...plugin.taskTypes.getKeys()]) };
  return current;
}

/** @throws when the workflow plugin of this client was not loaded */
export function currentLane(): Lane {
  if (!current) throw new Error('The workflow plugin is not loaded in this client');
  return current;
}
