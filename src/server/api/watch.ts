import type { Context, Next } from '@nocobase/actions';
import type { Id, WorkflowPlugin } from '../contract';
import { LiveExecutions } from '../live/LiveExecutions';
import type { WatchTarget } from '../live/Watches';
import { InputError } from './errors';
import { isAbsent, parseId } from './input';

/** Action `executions:watch`: the user is told over the websocket how an execution, or a list of them, gets on. */
export function createWatchAction(plugin: WorkflowPlugin) {
  let live: LiveExecutions | undefined;

  function start(): LiveExecutions {
    const created = new LiveExecutions(plugin);
    plugin.app.once('beforeStop', async () => {
      live = undefined;
      await created.stop();
    });
    return created;
  }

  async function watch(ctx: Context, next: Next): Promise<void> {
    const target = parseTarget(ctx);
    const userId = ctx.state.currentUser?.id as Id | undefined;
    if (userId == null) {
      return ctx.throw(401);
    }
    live ??= start();
    ctx.body = { until: live.watch(userId, target) };
    await next();
  }

  return { watch };
}

function parseTarget(ctx: Context): WatchTarget {
  const { filterByTk, key } = ctx.action.params;
  if (!isAbsent(filterByTk)) {
    return { kind: 'execution', id: String(parseId(filterByTk)) };
  }
  if (isAbsent(key)) {
    return { kind: 'all' };
  }
  if (typeof key !== 'string') {
    throw new InputError({ key: '"key" must be a string' });
  }
  return { kind: 'workflow', key };
}
