import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insertNode, renameNode, setTrigger, undo, updateConfig, type Config, type FlowDocument } from '../../document';
import { anyCommand } from '../../document/__tests__/anyCommand';
import { anyFlow } from '../../document/__tests__/arbitrary';
import { flow } from '../../document/__tests__/flow';
import { World } from './World';

const configure = (key: string, config: Config) => (document: FlowDocument) => updateConfig(document, { key, config });
const insert = (key: string, config: Config = {}) => (document: FlowDocument) =>
  insertNode(document, { place: { upstream: 'a', branch: null }, node: { key, type: 'echo', title: key, config } });

const FAULT = { field: 'config.headers.0.name', message: '"name" is required' };
const REFUSAL = { field: 'headers.0.name', message: '"name" is required' };

/** A server that takes no config with `bad`. */
function worldOf(document: FlowDocument): World {
  const world = new World(document);
  world.server.faultIn = (config) => (config?.bad ? FAULT : null);
  return world;
}

/** Answers until nothing is under way. */
async function settle(world: World): Promise<void> {
  world.clock.pass(600);
  while (world.server.isAsked) await world.server.answer();
}

describe('a config that the server refuses', () => {
  it('stays aside while everything else is stored, later edits too', async () => {
    const world = worldOf(flow(['a', 'b'], { a: { url: 'x' } }));
    world.edit(configure('a', { bad: 1 }));
    world.edit((document) => renameNode(document, { key: 'b', title: 'B' }));
    await settle(world);
    expect(world.saver.getState()).toMatchObject({ status: 'refused', refusals: [{ key: 'a', ...REFUSAL }] });
    expect(world.server.nodes.get('b')!.title).toBe('B');
    world.edit(insert('x'));
    await settle(world);
    expect([...world.server.nodes.keys()].sort()).toEqual(['a', 'b', 'x']);
    expect(world.server.nodes.get('a')).toMatchObject({ config: { url: 'x' }, downstream: 'x' });
    expect(world.saver.getState()).toMatchObject({ status: 'refused', refusals: [{ key: 'a' }] });
    expect(world.saver.hasUnsavedChanges).toBe(true);
    expect(world.clock.pending).toBe(0);
  });

  it('leaves a new node in its place with an empty config', async () => {
    const world = worldOf(flow(['a', 'b']));
    world.edit(insert('x', { bad: 1 }));
    await settle(world);
    expect(world.server.nodes.get('x')).toMatchObject({ config: {}, upstream: 'a', downstream: 'b' });
    expect(world.history.document.nodes.get('x')).toMatchObject({ id: '100', config: { bad: 1 } });
    expect(world.saver.getState().status).toBe('refused');
  });

  it('is sent again once it is edited, and told with the same words when it is refused again', async () => {
    const world = worldOf(flow(['a']));
    world.edit(configure('a', { bad: 1 }));
    await settle(world);
    const count = world.server.requests.length;
    world.edit(configure('a', { bad: 2 }));
    expect(world.saver.getState()).toEqual({ status: 'saving' });
    await settle(world);
    expect(world.server.requests).toHaveLength(count + 1);
    expect(world.saver.getState()).toMatchObject({ status: 'refused', refusals: [{ key: 'a', ...REFUSAL }] });
    world.edit(configure('a', { good: 1 }));
    await settle(world);
    expect(world.saver.getState()).toEqual({ status: 'saved', savedAt: world.clock.now() });
    expect(world.server.nodes.get('a')!.config).toEqual({ good: 1 });
  });

  it('is forgotten when it is taken back', async () => {
    const world = worldOf(flow(['a']));
    world.edit(configure('a', { bad: 1 }));
    await settle(world);
    world.set(undo(world.history));
    expect(world.saver.getState().status).toBe('saved');
    expect(world.saver.hasUnsavedChanges).toBe(false);
  });

  it('goes again when somebody waits for it, who then learns why it is not stored', async () => {
    const world = worldOf(flow(['a']));
    world.edit(configure('a', { bad: 1 }));
    await settle(world);
    const failing = expect(world.saver.flush()).rejects.toMatchObject({ status: 400 });
    await settle(world);
    await failing;
    world.server.faultIn = () => null;
    const done = world.saver.flush();
    await settle(world);
    await done;
    expect(world.saver.getState().status).toBe('saved');
  });

  it('that was stored long ago neither blocks its neighbours nor counts as unsaved', async () => {
    const world = worldOf(flow(['a'], { a: { bad: 1 } }));
    world.edit(insert('x'));
    await settle(world);
    expect(world.stored).toEqual(world.shown);
    expect(world.saver.getState().status).toBe('saved');
  });

  it('may be the trigger’s', async () => {
    const world = worldOf(flow(['a']));
    world.edit((document) => setTrigger(document, { config: { collection: 'gone' } }));
    world.edit((document) => renameNode(document, { key: 'a', title: 'A' }));
    world.clock.pass(600);
    await world.server.refuse({ status: 400, faults: [{ field: 'trigger.config.collection', message: 'is gone' }] });
    await settle(world);
    expect(world.server.nodes.get('a')!.title).toBe('A');
    expect(world.saver.getState()).toMatchObject({ status: 'refused', refusals: [{ key: null, field: 'collection', message: 'is gone' }] });
  });

  it('does not help when links are wrong as well, or when it was refused although it was not sent', async () => {
    const world = worldOf(flow(['a']));
    world.edit(configure('a', { bad: 1 }));
    world.clock.pass(600);
    await world.server.refuse({ status: 400, faults: [{ ...FAULT, nodeKey: 'a' }, { nodeKey: 'a', field: 'upstream', message: 'a circle' }] });
    expect(world.saver.getState().status).toBe('failed');
    world.edit(insert('x'));
    await settle(world);
    world.edit(insert('y'));
    world.clock.pass(600);
    await world.server.refuse({ status: 400, faults: [{ ...FAULT, nodeKey: 'a' }] });
    expect(world.saver.getState().status).toBe('failed');
    expect(world.server.isAsked).toBe(false);
  });

  it('is all that is missing in the end, whatever was edited', async () => {
    const isBad = (config: Config | undefined) => Number(config?.value) % 3 === 1;
    await fc.assert(
      fc.asyncProperty(anyFlow, fc.array(fc.oneof(anyCommand, fc.constant(null)), { maxLength: 30 }), async (document, commands) => {
        const world = new World(document);
        world.server.faultIn = (config) => (isBad(config) ? FAULT : null);
        for (const command of commands) {
          if (command) world.edit(command);
          else await settle(world);
        }
        const done = world.saver.flush().catch(() => undefined);
        await settle(world);
        await done;
        const isMissing = (key: string) => world.saver.getState().refusals?.some((refusal) => refusal.key === key);
        for (const [key, { config, ...shown }] of world.shown) {
          expect(world.stored.get(key)).toMatchObject(shown);
          if (!isMissing(key)) expect(world.stored.get(key)!.config).toEqual(config);
          else expect(isBad(config)).toBe(true);
        }
        expect(world.stored.size).toBe(world.shown.size);
      }),
      { numRuns: 40 },
    );
  });
});
