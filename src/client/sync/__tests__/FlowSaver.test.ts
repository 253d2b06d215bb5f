import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addNote, insertNode, renameNode, setTrigger, undo, updateConfig, type FlowDocument } from '../../document';
import { flow } from '../../document/__tests__/flow';
import { anyCommand } from '../../document/__tests__/anyCommand';
import { anyFlow } from '../../document/__tests__/arbitrary';
import { settled, World } from './World';

const rename = (title: string) => (document: FlowDocument) => renameNode(document, { key: 'a', title });
const insert = (key: string) => (document: FlowDocument) =>
  insertNode(document, { place: { upstream: 'a', branch: null }, node: { key, type: 'echo', title: key, config: {} } });

describe('FlowSaver', () => {
  it('sends what changed once editing pauses', async () => {
    const world = new World(flow(['a', 'b']));
    world.edit(rename('1'));
    world.clock.pass(500);
    world.edit(rename('2'));
    world.clock.pass(599);
    expect(world.server.isAsked).toBe(false);
    expect(world.saver.getState().status).toBe('saving');
    world.clock.pass(1);
    expect(world.server.requests).toEqual([
      { base: '1', nodes: { put: [{ key: 'a', type: 'echo', title: '2', config: {}, upstream: null, branch: null, downstream: 'b' }], remove: [] } },
    ]);
    await world.server.answer();
    expect(world.saver.getState()).toEqual({ status: 'saved', savedAt: 1_100 });
    expect(world.saver.hasUnsavedChanges).toBe(false);
    expect(world.clock.pending).toBe(0);
  });

  it('sends trigger and notes only when they changed', async () => {
    const world = new World(flow(['a']));
    world.edit((document) => setTrigger(addNote(document, { id: 'n', at: 'a', text: 'x' }), { config: { collection: 'posts' } }));
    world.clock.pass(600);
    expect(world.server.requests).toEqual([
      { base: '1', trigger: { config: { collection: 'posts' } }, notes: [{ id: 'n', at: 'a', text: 'x' }], nodes: { put: [], remove: [] } },
    ]);
    await world.server.answer();
  });

  it('says nothing to the server when an edit is taken back in time', () => {
    const world = new World(flow(['a']));
    world.edit(rename('1'));
    world.set(undo(world.history));
    world.clock.pass(10_000);
    expect(world.server.requests).toEqual([]);
    expect(world.saver.getState().status).toBe('saved');
  });

  it('sends what was edited during a request afterwards, on the new revision', async () => {
    const world = new World(flow(['a']));
    world.edit(rename('1'));
    world.clock.pass(600);
    world.edit(rename('2'));
    world.clock.pass(5_000);
    expect(world.server.requests).toHaveLength(1);
    await world.server.answer();
    expect(world.saver.getState().status).toBe('saving');
    world.clock.pass(600);
    expect(world.server.requests[1]).toMatchObject({ base: '2', nodes: { put: [{ title: '2' }] } });
    await world.server.answer();
    expect(world.saver.getState().status).toBe('saved');
  });

  it('also stores that an edit under way was taken back', async () => {
    const world = new World(flow(['a']));
    world.edit(rename('1'));
    world.clock.pass(600);
    world.set(undo(world.history));
    expect(world.saver.hasUnsavedChanges).toBe(true);
    await world.server.answer();
    world.clock.pass(600);
    await world.server.answer();
    expect(world.server.nodes.get('a')!.title).toBe('Node a');
  });

  it('gives new nodes their ids, in the past of the document too', async () => {
    const world = new World(flow(['a']));
    world.edit(insert('x'));
    world.edit(rename('1'));
    world.clock.pass(600);
    await world.server.answer();
    expect(world.history.document.nodes.get('x')!.id).toBe('100');
    expect(undo(world.history).document.nodes.get('x')!.id).toBe('100');
    expect(world.server.requests).toHaveLength(1);
    expect(world.saver.getState().status).toBe('saved');
  });

  it('retries at growing intervals while the server cannot be reached, with the latest document', async () => {
    const world = new World(flow(['a']));
    world.edit(rename('1'));
    world.clock.pass(600);
    await world.server.refuse(new Error('offline'));
    expect(world.saver.getState()).toMatchObject({ status: 'failed', retryAt: 1_600 });
    world.edit(rename('2'));
    world.clock.pass(1_000);
    await world.server.refuse({ status: 503 });
    expect(world.saver.getState().retryAt).toBe(3_600);
    world.clock.pass(2_000);
    expect(world.server.requests.at(-1)).toMatchObject({ nodes: { put: [{ title: '2' }] } });
    await world.server.answer();
    expect(world.saver.getState()).toEqual({ status: 'saved', savedAt: 3_600 });
  });

  it('waits for an edit or for a person after a refusal', async () => {
    const world = new World(flow(['a']));
    world.edit(rename('1'));
    world.clock.pass(600);
    const error = { status: 400, field: 'title' };
    await world.server.refuse(error);
    expect(world.saver.getState()).toEqual({ status: 'failed', error });
    world.clock.pass(100_000);
    expect(world.server.requests).toHaveLength(1);
    world.edit(rename('2'));
    expect(world.saver.getState().status).toBe('saving');
    world.clock.pass(600);
    await world.server.refuse(error);
    world.saver.retry();
    await world.server.answer();
    expect(world.saver.getState().status).toBe('saved');
  });

  it('stops at a conflict until it is settled', async () => {
    const document = flow(['a']);
    const world = new World(document);
    world.server.revision = 7;
    world.edit(rename('1'));
    world.clock.pass(600);
    await world.server.answer();
    expect(world.saver.getState().status).toBe('conflict');
    world.edit(rename('2'));
    world.clock.pass(100_000);
    expect(world.server.requests).toHaveLength(1);
    await expect(world.saver.flush()).rejects.toEqual({ status: 409 });
    world.saver.rebase(document, '7');
    await world.server.answer();
    expect(world.server.nodes.get('a')!.title).toBe('2');
    expect(world.saver.getState().status).toBe('saved');
  });

  it('can drop its own changes at a conflict', async () => {
    const world = new World(flow(['a']));
    world.server.revision = 7;
    world.edit(rename('1'));
    world.clock.pass(600);
    await world.server.answer();
    world.saver.rebase(flow(['a', 'b']), '7', { discard: true });
    expect(world.saver.getState().status).toBe('saved');
    expect(world.server.requests).toHaveLength(1);
  });

  it('undoes what was stored although its answer was lost', async () => {
    const world: World = new World(flow(['a']), async () => ({ document: structuredClone(sent), revision: '2' }));
    world.edit(rename('1'));
    const sent = world.history.document;
    world.clock.pass(600);
    world.set(undo(world.history));
    await world.server.answer({ loseAnswer: true });
    expect(world.saver.hasUnsavedChanges).toBe(true);
    const done = world.saver.flush();
    await world.server.answer();
    await world.server.answer();
    await done;
    expect(world.stored).toEqual(world.shown);
    expect(world.saver.getState().status).toBe('saved');
  });

  it('asks what is stored when nothing is left to save after a failure', async () => {
    const world = new World(flow(['a']));
    world.edit(rename('1'));
    world.clock.pass(600);
    world.set(undo(world.history));
    await world.server.refuse(new Error('offline'));
    const done = world.saver.flush();
    await world.server.answer();
    await done;
    expect(world.stored).toEqual(world.shown);
    expect(world.saver.getState().status).toBe('saved');
  });

  it('recognises its own save when the answer was lost', async () => {
    const world: World = new World(flow(['a']), async () => ({ document: structuredClone(sent), revision: '2' }));
    world.edit(rename('1'));
    const sent = world.history.document;
    world.clock.pass(600);
    await world.server.answer({ loseAnswer: true });
    expect(world.saver.getState().status).toBe('failed');
    world.edit(rename('2'));
    world.clock.pass(1_000);
    await world.server.answer();
    await settled();
    expect(world.saver.getState().status).toBe('saving');
    world.clock.pass(600);
    await world.server.answer();
    expect(world.saver.getState().status).toBe('saved');
    expect(world.server.nodes.get('a')!.title).toBe('2');
  });

  it('flush sends at once and ends when all is stored', async () => {
    const world = new World(flow(['a']));
    world.edit(rename('1'));
    const done = world.saver.flush();
    world.edit(rename('2'));
    await world.server.answer();
    expect(world.server.isAsked).toBe(true);
    await world.server.answer();
    await done;
    expect(world.server.nodes.get('a')!.title).toBe('2');
    await world.saver.flush();
    world.edit(rename('3'));
    const failing = world.saver.flush();
    const rejected = expect(failing).rejects.toEqual({ status: 400 });
    await world.server.refuse({ status: 400 });
    await rejected;
  });

  it('tells its listeners of changes alone', async () => {
    const world = new World(flow(['a']));
    let told = 0;
    const stop = world.saver.subscribe(() => told++);
    world.edit(rename('1'));
    world.edit(rename('2'));
    expect(told).toBe(1);
    world.clock.pass(600);
    await world.server.answer();
    expect(told).toBe(2);
    stop();
    world.edit(rename('3'));
    expect(told).toBe(2);
  });

  it('is silent once disposed', async () => {
    const world = new World(flow(['a']));
    world.edit(rename('1'));
    const flushed = expect(world.saver.flush()).rejects.toThrow('closed');
    world.saver.dispose();
    await flushed;
    await world.server.answer();
    world.edit(rename('2'));
    expect(world.clock.pending).toBe(0);
    expect(world.server.requests).toHaveLength(1);
  });

  it('has stored in the end whatever was edited, in spite of failures', async () => {
    const event = fc.oneof(
      { weight: 4, arbitrary: anyCommand.map((command) => ({ kind: 'edit' as const, command })) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 3_000 }) }) },
      { weight: 3, arbitrary: fc.constantFrom({ kind: 'answer' as const }, { kind: 'undo' as const }, { kind: 'offline' as const }) },
    );
    await fc.assert(
      fc.asyncProperty(anyFlow, fc.array(event, { maxLength: 40 }), async (document, events) => {
        const world = new World(document);
        for (const item of events) {
          if (item.kind === 'edit') world.edit(item.command);
          else if (item.kind === 'pass') world.clock.pass(item.ms);
          else if (item.kind === 'undo') world.set(undo(world.history));
          else if (world.server.isAsked) await (item.kind === 'answer' ? world.server.answer() : world.server.refuse(new Error('offline')));
        }
        const done = world.saver.flush();
        while (world.saver.hasUnsavedChanges) await world.server.answer();
        await done;
        expect(world.stored).toEqual(world.shown);
        expect(world.saver.getState().status).toBe('saved');
      }),
      { numRuns: 60 },
    );
  });

  it('keeps the config that was edited last', async () => {
    const world = new World(flow(['a']));
    world.edit((document) => updateConfig(document, { key: 'a', config: { x: 1 } }));
    await Promise.all([world.saver.flush(), world.server.answer()]);
    expect(world.server.nodes.get('a')!.config).toEqual({ x: 1 });
  });
});
