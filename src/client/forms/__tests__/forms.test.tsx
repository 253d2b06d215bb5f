// @vitest-environment jsdom
import './setup';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { choose, createDocument, registry, ROWS, showForm } from './world';

const combo = (name: string, at = 0) => screen.getAllByRole('combobox', { name })[at]!;
const node = (type: string) => registry.node(type)!;
const trigger = (type: string) => registry.trigger(type)!;

/** The config that a form leaves behind as it is stored. */
const stored = (config: unknown) => JSON.parse(JSON.stringify(config)) as Record<string, unknown>;

const openNode = (type: string, config: object = {}, options = {}) =>
  showForm(node(type).fieldset, { config: { ...node(type).defaultConfig(), ...config } }, options);
const openTrigger = (type: string, config: Record<string, unknown> = {}, options = {}) =>
  showForm(trigger(type).fieldset, { config: { ...trigger(type).defaultConfig(), ...config } }, { document: createDocument([], { type, title: '', config }), ...options });

describe('nodes', () => {
  test('calculation: an expression typed by keyboard', async () => {
    const scene = await openNode('calculation');
    expect(await scene.problems()).toEqual(['The expression is empty']);
    await scene.user.click(screen.getByRole('textbox', { name: 'Expression' }));
    await scene.user.keyboard('{{{{$context.data.amount}} * 2');
    await choose(scene, combo('Calculation engine'), 'Formula.jsFunctions as in spreadsheets');
    expect(await scene.problems()).toEqual([]);
    expect(scene.config()).toEqual({ engine: 'formula.js', expression: '{{$context.data.amount}} * 2' });
    expect(screen.getByRole('link', { name: 'Formula.js' })).toBeTruthy();
  });

  test('condition: the mode is asked when it is added and fixed from then on', async () => {
    const preset = await showForm(node('condition').preset, { config: node('condition').defaultConfig() });
    await preset.user.click(screen.getByRole('radio', { name: /Branch into "Yes" and "No"/ }));
    expect(preset.config()).toEqual({ rejectOnFalse: false, engine: 'basic' });
    preset.unmount();
    await openNode('condition', { rejectOnFalse: false });
    expect(screen.getAllByRole<HTMLInputElement>('radio').map(({ disabled }) => disabled)).toEqual([true, true]);
  });

  test('condition: comparison, or expression', async () => {
    const scene = await openNode('condition');
    await scene.user.click(screen.getByRole('button', { name: 'plus Add condition' }));
    await scene.user.type(screen.getByRole('textbox', { name: 'Left value' }), '{{{{$context.data.amount}}');
    await choose(scene, combo('Comparison'), 'is greater than');
    expect(stored(scene.config())).toEqual({
      rejectOnFalse: true, engine: 'basic',
      calculation: { group: { type: 'and', calculations: [{ calculator: 'gt', operands: ['{{$context.data.amount}}', ''] }] } },
    });
    await choose(scene, combo('Calculation engine'), 'Math.jsArithmetic, comparisons, units, matrices');
    expect(await scene.problems()).toEqual(['The expression is empty']);
    await scene.user.click(screen.getByRole('textbox', { name: 'Condition expression' }));
    await scene.user.keyboard('1 == 1');
    expect(scene.config()).toMatchObject({ engine: 'math.js', expression: '1 == 1' });
  });

  test('multi-conditions: added, named, moved, removed', async () => {
    const scene = await openNode('multi-conditions', { conditions: [{ uid: 'a', title: 'Large', engine: 'math.js', expression: '1' }] });
    await scene.user.click(screen.getByRole('button', { name: 'plus Add condition' }));
    const uids = () => (scene.config().conditions as { uid: string }[]).map(({ uid }) => uid);
    const [, added] = uids();
    await waitFor(() => expect(screen.getAllByRole('textbox', { name: 'Condition label' })).toHaveLength(2));
    await scene.user.type(screen.getAllByRole('textbox', { name: 'Condition label' })[1]!, 'Small');
    expect(scene.config().conditions[1]).toMatchObject({ uid: added, title: 'Small', engine: 'basic' });
    await scene.user.click(screen.getAllByRole('button', { name: 'Move up' })[1]!);
    expect(uids()).toEqual([added, 'a']);
    await scene.user.click(screen.getAllByRole('button', { name: 'Remove the condition' })[0]!);
    expect(scene.config().conditions).toEqual([{ uid: 'a', title: 'Large', engine: 'math.js', expression: '1' }]);
    await scene.user.click(screen.getByRole('radio', { name: 'Continue after the "Otherwise" branch' }));
    expect(scene.config().continueOnNoMatch).toBe(true);
  });

  test('query', async () => {
    const scene = await openNode('query', { collection: 'orders' });
    await scene.user.click(screen.getByRole('checkbox', { name: 'Allow several records as result' }));
    await scene.user.click(screen.getByRole('checkbox', { name: 'Fail when no record is found' }));
    await scene.user.click(screen.getByRole('button', { name: 'plus Add condition' }));
    await choose(scene, combo('Field'), 'Status');
    expect(await scene.problems()).toEqual(['The condition on "status" has no value. Complete or remove it.']);
    await choose(scene, combo('Value'), 'Approved');
    expect(await scene.problems()).toEqual([]);
    expect(stored(scene.config())).toEqual({
      collection: 'orders', multiple: true, failOnEmpty: true,
      params: { filter: { $and: [{ status: { $eq: 'approved' } }] }, page: 1, pageSize: 20 },
    });
  });

  test('data nodes ask for the collection first; it stays once it was saved', async () => {
    const preset = await showForm(node('create').preset, { config: {} });
    expect(await preset.problems()).toEqual(['Choose a collection']);
    await choose(preset, combo('Collection'), 'Main');
    await preset.user.click(screen.getByText('Orders'));
    expect(preset.config()).toEqual({ collection: 'orders' });
    preset.unmount();
    const document = createDocument([{ key: 'here', type: 'create', config: { collection: 'orders' } }]);
    await openNode('create', { collection: 'orders' }, { document });
    expect((combo('Collection') as HTMLInputElement).disabled).toBe(true);
  });

  test('a collection that is gone is named', async () => {
    const scene = await openNode('create', { collection: 'gone' });
    expect(await scene.problems()).toEqual(['Collection "gone" does not exist']);
  });

  test('create', async () => {
    const scene = await openNode('create', { collection: 'orders' });
    await choose(scene, combo('Add field'), 'Title *');
    await scene.user.click(screen.getByRole('textbox', { name: 'Title' }));
    await scene.user.keyboard('New');
    expect(stored(scene.config())).toEqual({ collection: 'orders', params: { values: { title: 'New' } } });
  });

  test('update: without a condition it cannot be saved', async () => {
    const scene = await openNode('update', { collection: 'orders' });
    expect(await scene.problems()).toEqual(['Say which records: without a condition nothing may be changed']);
    await scene.user.click(screen.getByRole('radio', { name: /One by one/ }));
    await scene.user.click(screen.getByRole('button', { name: 'plus Add condition' }));
    await choose(scene, combo('Field'), 'ID');
    await scene.user.click(screen.getByRole('button', { name: 'Choose a variable' }));
    await scene.user.type(await screen.findByRole('combobox', { name: 'Search variables' }), 'trigger data id');
    await scene.user.clear(screen.getByRole('combobox', { name: 'Search variables' }));
    await scene.user.type(screen.getByRole('combobox', { name: 'Search variables' }), 'data.id{Enter}');
    await choose(scene, combo('Add field'), 'Status');
    await choose(scene, combo('Status'), 'Processed');
    expect(await scene.problems()).toEqual([]);
    expect(stored(scene.config())).toEqual({
      collection: 'orders',
      params: { individualHooks: true, filter: { $and: [{ id: { $eq: '{{$context.data.id}}' } }] }, values: { status: 'processed' } },
    });
  });

  test('update: what was stored without a mode goes one by one, and stays as it is', async () => {
    const scene = await showForm(node('update').fieldset, { config: { collection: 'orders', params: { filterByTk: 1 } } });
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /One by one/ }).checked).toBe(true);
    expect(stored(scene.config())).toEqual({ collection: 'orders', params: { filterByTk: 1 } });
  });

  test('destroy', async () => {
    const scene = await openNode('destroy', { collection: 'orders' });
    expect(await scene.problems()).toEqual(['Say which records: without a condition nothing is deleted']);
    await scene.user.click(screen.getByRole('button', { name: 'plus Add condition' }));
    await choose(scene, combo('Field'), 'Paid');
    expect(stored(scene.config())).toEqual({ collection: 'orders', params: { filter: { $and: [{ paid: { $isTruly: true } }] } } });
    expect(await scene.problems()).toEqual([]);
  });

  test('end and output', async () => {
    const end = await openNode('end');
    await end.user.click(screen.getByRole('radio', { name: /Failed/ }));
    expect(end.config()).toEqual({ endStatus: -1 });
    end.unmount();
    const output = await openNode('output');
    await choose(output, combo('Type of the value'), 'Text');
    await output.user.type(screen.getByRole('textbox'), 'done');
    expect(output.config()).toEqual({ value: 'done' });
  });

  test.each(['calculation', 'condition', 'multi-conditions', 'query', 'create', 'update', 'destroy', 'end', 'output'])(
    'read-only: nothing in %s can be changed',
    async (type) => {
      await openNode(type, { collection: 'orders', params: { values: { title: 'x' }, filter: { $and: [{ title: { $eq: 'x' } }] } } }, { readOnly: true });
      const isOpen = (element: HTMLElement) => !(element as HTMLInputElement).disabled && element.getAttribute('contenteditable') !== 'false';
      const controls = ['textbox', 'combobox', 'radio', 'checkbox', 'spinbutton'].flatMap((role) => screen.queryAllByRole(role));
      expect(controls.length).toBeGreaterThan(0);
      expect(controls.filter(isOpen)).toEqual([]);
      const buttons = screen.queryAllByRole('button').filter((button) => /Add|Remove|Choose|Insert|Do not/.test(button.textContent + (button.getAttribute('aria-label') ?? '')));
      expect(buttons.filter(isOpen)).toEqual([]);
    },
  );
});

describe('triggers', () => {
  test('collection', async () => {
    const scene = await openTrigger('collection', { collection: 'orders' });
    expect(await scene.problems()).toEqual(['Choose on which change it is triggered']);
    await choose(scene, combo('Trigger on'), 'After record added or updated');
    await choose(scene, combo('Changed fields'), 'Status');
    expect(scene.config()).toMatchObject({ collection: 'orders', mode: 3, changed: ['status'] });
    expect(screen.queryByRole('checkbox', { name: 'Rollback when workflow execution fails' })).toBeNull();
    await choose(scene, combo('Trigger on'), 'After record deleted');
    expect(screen.queryByRole('combobox', { name: 'Changed fields' })).toBeNull();
    expect(screen.queryByRole('combobox', { name: 'Preload associations' })).toBeNull();
  });

  test('collection, synchronous: may roll back', async () => {
    const document = createDocument([], { type: 'collection', title: '', config: { collection: 'orders' } });
    const scene = await openTrigger('collection', { collection: 'orders', mode: 1 }, { document: { ...document, workflow: { ...document.workflow, sync: true } } });
    await scene.user.click(screen.getByRole('checkbox', { name: 'Rollback when workflow execution fails' }));
    expect(scene.config().rollbackOnFailure).toBe(true);
  });

  test('post-action: local and global, key and request', async () => {
    const scene = await openTrigger('action', { collection: 'orders' });
    expect((combo('Collection') as HTMLInputElement).disabled).toBe(true);
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /Local mode/ }).checked).toBe(true);
    expect(screen.getByText(/curl/).textContent).toContain("'http://localhost/api/orders:create?triggerWorkflows=wf1'");
    await scene.user.click(screen.getByRole('radio', { name: /Global mode/ }));
    expect(await scene.problems()).toEqual(['Choose at least one action; without any it never runs']);
    await scene.user.click(screen.getByRole('checkbox', { name: 'Create record action' }));
    expect(stored(scene.config())).toEqual({ collection: 'orders', global: true, actions: ['create'] });
    expect(screen.getByText(/curl/).textContent).not.toContain('triggerWorkflows');
  });

  const preview = { 'workflows:previewSchedule': () => ({ occurrences: ['2026-11-23T08:00:00Z'], timezone: 'Europe/Berlin' }) };

  test('schedule: cron, with the next runs in its zone', async () => {
    const scene = await openTrigger('schedule', { mode: 0, startsOn: '2026-01-01T00:00:00.000Z', timezone: 'Europe/Berlin' }, { answers: preview });
    await scene.user.click(screen.getByText('Cron expression'));
    await scene.user.click(screen.getByRole('button', { name: 'Weekdays at 9:00' }));
    expect(scene.config().repeat).toBe('0 9 * * 1-5');
    const runs = screen.getByRole('region', { name: 'Next runs' });
    await within(runs).findByText('Monday, November 23, 2026 at 9:00:00 AM');
    await waitFor(() =>
      expect(scene.requests.at(-1)).toMatchObject({
        action: 'workflows:previewSchedule', params: { filterByTk: '1' },
        values: { count: 5, config: { mode: 0, repeat: '0 9 * * 1-5', timezone: 'Europe/Berlin' } },
      }),
    );
    await scene.user.clear(screen.getByRole('textbox', { name: 'Cron expression' }));
    await scene.user.type(screen.getByRole('textbox', { name: 'Cron expression' }), '0 9');
    expect(await scene.problems()).toEqual(['A cron expression has 5 parts, or 6 with seconds']);
  });

  test('schedule: interval, limit, missed runs', async () => {
    const scene = await openTrigger('schedule', { mode: 0, startsOn: '2026-01-01T00:00:00.000Z' }, { answers: preview });
    await scene.user.click(screen.getByText('At an interval'));
    expect(scene.config().repeat).toBe(3_600_000);
    fireEvent.change(screen.getByRole('spinbutton', { name: 'Every' }), { target: { value: '24' } });
    expect(scene.config().repeat).toBe(86_400_000);
    await choose(scene, combo('Unit'), 'Minutes');
    expect(scene.config().repeat).toBe(24 * 60_000);
    fireEvent.change(screen.getByRole('spinbutton', { name: 'Repeat limit' }), { target: { value: '3' } });
    await scene.user.click(screen.getByRole('radio', { name: 'Make up for all, up to a maximum' }));
    fireEvent.change(await screen.findByRole('spinbutton', { name: 'At most' }), { target: { value: '10' } });
    expect(stored(scene.config())).toMatchObject({ limit: 3, missed: { policy: 'all', max: 10 } });
  });

  test('schedule: a start is needed; a time is local time of the zone', async () => {
    const scene = await openTrigger('schedule', { mode: 0, timezone: 'Asia/Tokyo' }, { answers: preview });
    expect(await scene.problems()).toEqual(['Set when it starts; without a start it never runs']);
    const box = screen.getByRole('textbox', { name: 'Starts on' });
    await scene.user.click(box);
    fireEvent.change(box, { target: { value: '2026-12-24 18:00:00' } });
    await scene.user.keyboard('{Enter}');
    expect(scene.config().startsOn).toBe('2026-12-24T18:00:00');
  });

  test('schedule by a date field; changing the mode starts anew', async () => {
    const scene = await openTrigger('schedule', { mode: 0, startsOn: '2026-01-01T00:00:00.000Z' }, { answers: preview });
    await scene.user.click(screen.getByRole('radio', { name: /Based on date field of collection/ }));
    expect(scene.config().startsOn).toBeUndefined();
    expect(await scene.problems()).toEqual(['Choose a collection', 'Choose the date field that starts it']);
    await choose(scene, combo('Collection'), 'Main');
    await scene.user.click(screen.getByText('Orders'));
    await choose(scene, combo('Date field'), 'Due at');
    await choose(scene, combo('Before or after'), 'before');
    await choose(scene, combo('Unit'), 'Hours');
    fireEvent.change(screen.getByRole('spinbutton', { name: 'How long' }), { target: { value: '2' } });
    expect(stored(scene.config())).toMatchObject({ mode: 1, collection: 'orders', startsOn: { field: 'dueAt', offset: -2, unit: 3_600_000 } });
    expect(await scene.problems()).toEqual([]);
  });

  test('presets when a workflow is created', async () => {
    const preset = await showForm(trigger('schedule').preset, { config: { mode: 0 } }, { document: undefined });
    expect(screen.queryByRole('combobox', { name: 'Collection' })).toBeNull();
    await preset.user.click(screen.getByRole('radio', { name: /Based on date field/ }));
    expect(await screen.findByRole('combobox', { name: 'Collection' })).toBeTruthy();
    expect(preset.config().mode).toBe(1);
  });
});

describe('execute by hand', () => {
  const openExecute = (type: string, config: Record<string, unknown>) =>
    showForm(trigger(type).executeFieldset, {}, { document: createDocument([], { type, title: '', config }), hideVariables: true });

  test('post-action: record, user and role', async () => {
    const scene = await openExecute('action', { collection: 'orders' });
    expect(await scene.problems()).toEqual(['Choose a record', 'Choose a user']);
    await scene.user.click(combo('Trigger data'));
    await scene.user.click(await screen.findByText('Pens'));
    await scene.user.click(combo('User acted'));
    await scene.user.click(await screen.findByText('Carla'));
    await scene.user.click(combo('Role of user acted'));
    await scene.user.click(await screen.findByText('Admin'));
    expect(scene.values()).toEqual({ data: ROWS.orders![0], userId: 3, roleName: 'admin' });
  });

  test('collection: conditions still apply, and that is said', async () => {
    const scene = await openExecute('collection', { collection: 'orders', mode: 1, condition: { $and: [{ amount: { $gt: 1 } }] } });
    await scene.user.click(combo('Trigger data'));
    await scene.user.click(await screen.findByText('Chairs'));
    expect(scene.values()).toEqual({ data: ROWS.orders![1] });
    expect(screen.getByRole('alert').textContent).toContain('The conditions of the trigger apply');
  });

  test('schedule: a time; with a record only by date field', async () => {
    const fixed = await openExecute('schedule', { mode: 0 });
    expect(screen.queryByRole('combobox', { name: 'Trigger data' })).toBeNull();
    expect(await fixed.problems()).toEqual([]);
    fixed.unmount();
    const scene = await openExecute('schedule', { mode: 1, collection: 'orders' });
    expect(await scene.problems()).toEqual(['Choose a record']);
  });
});
