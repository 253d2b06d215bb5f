import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiResponse } from '../helpers/api';
import { DIALECTS } from '../helpers/dialects';
import { startHost } from '../helpers/host';
import { MatrixWorld } from './matrixWorld';
import { NODES, toLabel, TRIGGERS, VALUES, withoutValue, withValue, type Shape } from './badInputShapes';

const AT_ONCE = 8;

interface WrongConfig {
  /** of what is wrong */
  path: string;
  config: any;
  /** whether it has to be refused; else it may be */
  refused: boolean;
}

/** Unknown fields and collections are named themselves. */
const UNKNOWN_NAME = /^(Field|Collection|Data source) ".*" (does not exist|of collection)/;

function* wrongConfigs({ valid, fields }: Shape): Generator<WrongConfig> {
  for (const [path, kinds] of Object.entries(fields)) {
    for (const [kind, value] of VALUES) {
      yield { path, config: withValue(valid, path, value), refused: !kinds.includes(kind) };
    }
  }
}

const show = (path: string, config: any) =>
  `${path} = ${JSON.stringify(path.split('.').reduce((value, name) => value?.[name], config))?.slice(0, 40)}`;

/** @returns the items for which the answer was true */
async function inParallel<T>(items: T[], ask: (item: T) => Promise<boolean>): Promise<T[]> {
  const found: T[] = [];
  const queue = [...items];
  const work = async () => {
    for (let item = queue.shift(); item; item = queue.shift()) {
      if (await ask(item)) found.push(item);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
}

/** Wrong values in every field of every config of the core nodes and triggers. */
describe.each(DIALECTS.filter((dialect) => dialect !== 'mariadb'))('bad configs on %s', (dialect) => {
  let world: MatrixWorld;

  beforeAll(async () => {
    world = await MatrixWorld.create(await startHost({ dialect }));
    await world.root.create('collections/posts/fields', { name: 'dueAt', type: 'date', interface: 'datetime' });
  });

  afterAll(() => world?.host.close());

  const mistakes: string[] = [];

  /** Notes what is wrong with an answer. @returns whether the config was accepted */
  function check(action: string, { path, config, refused }: WrongConfig, { status, body }: ApiResponse): boolean {
    const message: string = (body?.errors ?? []).map((error: any) => error.message).join('; ');
    const named = [toLabel(path), path, path.split('.')[0]!].some((name) => message.includes(name)) || UNKNOWN_NAME.test(message);
    const isRight = status === 200 ? !refused : status === 400 && (named || !refused);
    if (!isRight) mistakes.push(`${action}: ${show(path, config)}: ${status} ${message.slice(0, 200)}`);
    return status === 200;
  }

  const nodes = () => world.root.list('flow_nodes', { sort: 'id' });
  const workflows = () => world.root.list('workflows', { sort: 'id' });

  function expectNoMistakes(): void {
    expect(mistakes.splice(0)).toEqual([]);
  }

  describe.each(NODES.map((shape): [string, Shape] => [shape.type, shape]))('node %s', (type, shape) => {
    it('flow_nodes:test refuses wrong values, and nothing ever breaks', async () => {
      for (const wrong of wrongConfigs(shape)) {
        const response = await world.root.post('flow_nodes:test', { type, config: wrong.config });
        if (response.body?.errors?.[0].message.includes('not implemented')) return;
        check('test', wrong, response);
      }
      expectNoMistakes();
    });

    it('nodes:create and flow_nodes:update save none', async () => {
      const workflow = await world.workflow({ enabled: false, probe: false });
      const elsewhere = await world.workflow({ enabled: false, probe: false });
      const { id } = await world.root.create(`workflows/${elsewhere.id}/nodes`, { type, config: shape.valid });
      const before = await nodes();
      const refused = await inParallel([...wrongConfigs(shape)], async (wrong) => {
        const response = await world.root.post(`workflows/${workflow.id}/nodes:create`, { type, config: wrong.config });
        const accepted = check('create', wrong, response);
        if (accepted) await world.root.destroy('flow_nodes', { filterByTk: response.data.id });
        return !accepted;
      });
      await inParallel(refused, async (wrong) =>
        check('update', wrong, await world.root.post(`flow_nodes:update?filterByTk=${id}`, { config: wrong.config })),
      );
      expectNoMistakes();
      expect(await nodes()).toEqual(before);
    });

    it('fields that are needed are missed, a config has to be an object', async () => {
      const workflow = await world.workflow({ enabled: false, probe: false });
      const required = Object.keys(shape.fields).filter((path) => ['collection', 'rejectOnFalse'].includes(path));
      for (const path of required) {
        const config = withoutValue(shape.valid, path);
        const { status, body } = await world.root.post(`workflows/${workflow.id}/nodes:create`, { type, config });
        expect([path, status]).toEqual([path, 400]);
        expect(body.errors[0].message.toLowerCase()).toContain(path.toLowerCase());
      }
      for (const config of ['text', 5, true, null, [], [{}]]) {
        for (const action of [`workflows/${workflow.id}/nodes:create`, 'flow_nodes:test']) {
          const { status, body } = await world.root.post(action, { type, config });
          expect([action, config, status]).toEqual([action, config, 400]);
          expect(body.errors[0].message).toMatch(/config|not implemented/);
        }
      }
      expect(await world.count('flow_nodes', { workflowId: workflow.id })).toBe(0);
    });
  });

  describe.each(TRIGGERS.map((shape): [string, Shape] => [`${shape.type} ${String(shape.valid.mode ?? '')}`, shape]))(
    'trigger %s',
    (_title, shape) => {
      it('workflows:create and workflows:update save none', async () => {
        const { type, valid } = shape;
        const { id } = await world.root.create('workflows', { title: 'right', type, config: valid });
        const before = await workflows();
        const refused = await inParallel([...wrongConfigs(shape)], async (wrong) => {
          const response = await world.root.post('workflows:create', { type, config: wrong.config });
          const accepted = check('create', wrong, response);
          if (accepted) await world.root.destroy('workflows', { filterByTk: response.data.id });
          return !accepted;
        });
        await inParallel(refused, async (wrong) =>
          check('update', wrong, await world.root.post(`workflows:update?filterByTk=${id}`, { config: wrong.config })),
        );
        expectNoMistakes();
        expect(await workflows()).toEqual(before);
      });

      it('what was accepted can be enabled, executed and fed', async () => {
        const { type } = shape;
        for (const { path, config, refused } of wrongConfigs(shape)) {
          if (refused) continue;
          const { status, data } = await world.root.post('workflows:create', { type, enabled: true, config });
          if (status !== 200) continue;
          const executed = await world.root.post(`workflows:execute?filterByTk=${data.id}`, {
            data: { id: 0, title: 'a' },
            userId: world.emma.userId,
          });
          expect(executed.status, `${show(path, config)} ${JSON.stringify(executed.body)}`).toBeLessThan(500);
          expect((await world.post('posts:create')).status, show(path, config)).toBe(200);
          await world.root.destroy('workflows', { filterByTk: data.id });
        }
      });
    },
  );

  it('the host is alive and has broken nowhere', async () => {
    expect((await world.root.get('workflows:list')).status).toBe(200);
    expect(world.host.logs()).not.toMatch(/Unhandled|Uncaught|TypeError/);
  });
});
