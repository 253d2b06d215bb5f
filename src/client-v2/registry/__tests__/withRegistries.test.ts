import { describe, expect, it } from 'vitest';
import { Instruction } from '../Instruction';
import { Trigger } from '../Trigger';
import { withRegistries } from '../withRegistries';

const createPlugin = () => new (withRegistries(class {}))();

class ForeignTrigger extends Trigger {
  override title = 'Foreign';
  override sync = true;
}

class ForeignInstruction extends Instruction {
  override title = 'Foreign';
  override type = 'foreign';

  // A method where the base class declares a field.
  override branching = () => [{ label: 'Yes', value: 1 }];
}

describe('registries', () => {
  it('hold the types of this package before load()', () => {
    const plugin = createPlugin();
    expect([...plugin.triggers.getKeys()]).toEqual(['collection', 'schedule', 'action']);
    expect([...plugin.instructions.getKeys()]).toContain('multi-conditions');
    expect([...plugin.instructionGroups.getKeys()]).toEqual(['control', 'calculation', 'collection', 'manual', 'extended']);
  });

  it('keep their own post-action trigger when the stock companion brings another', () => {
    const plugin = createPlugin();
    const own = plugin.triggers.get('action');
    plugin.registerTrigger('action', ForeignTrigger);
    expect(plugin.triggers.get('action')).toBe(own);
  });

  it('take classes and instances', () => {
    const plugin = createPlugin();
    plugin.registerTrigger('a', ForeignTrigger);
    plugin.registerTrigger('b', new ForeignTrigger());
    plugin.registerInstruction('foreign', ForeignInstruction);
    expect(plugin.getTriggerOptions('a')).toBeInstanceOf(ForeignTrigger);
    expect(plugin.getInstruction('foreign')!.branching).toBeTypeOf('function');
    expect(() => plugin.registerTrigger('c', undefined as never)).toThrow(TypeError);
    expect(() => plugin.registerInstruction('c', undefined as never)).toThrow(TypeError);
  });

  it('let a trigger type fix the mode', () => {
    const plugin = createPlugin();
    plugin.registerTrigger('always', ForeignTrigger);
    expect(plugin.isWorkflowSync({ type: 'always', sync: false })).toBe(true);
    expect(plugin.isWorkflowSync({ type: 'schedule', sync: true })).toBe(false);
    expect(plugin.isWorkflowSync({ type: 'collection', sync: true })).toBe(true);
  });

  it('leave out a notice provider that throws', async () => {
    const plugin = createPlugin();
    plugin.registerWorkflowNoticeProvider('broken', () => {
      throw new Error('broken');
    });
    plugin.registerWorkflowNoticeProvider('good', {
      getNotices: () => [{ key: 'a', message: 'A' }],
      loadWorkflowListNotices: async () => ({ 7: [{ key: 'b', message: 'B' }] }),
    });
    expect(plugin.getWorkflowNotices({ surface: 'trigger-node-card' })).toEqual([{ key: 'a', message: 'A' }]);
    expect(await plugin.loadWorkflowListNotices({ surface: 'workflow-list-row' })).toEqual({
      7: [{ key: 'b', message: 'B' }],
    });
  });
});
