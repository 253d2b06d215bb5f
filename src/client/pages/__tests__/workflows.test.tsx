// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { describe, expect, it } from 'vitest';
import type { WorkflowLine } from '../../api/types';
import { WorkflowsPage } from '../workflows/WorkflowsPage';
import { collection, refusal, registry, showPage, type Answers } from './world';

const line = (id: number, title: string, rest: Partial<WorkflowLine> = {}): WorkflowLine => ({
  id,
  key: `key${id}`,
  title,
  type: 'action',
  sync: false,
  enabled: false,
  current: true,
  stats: { executed: 0 },
  ...rest,
});

const ORDERS = line(1, 'Orders', { enabled: true, stats: { executed: '1200' }, categories: [{ id: 7, title: 'Sales', color: 'blue' }] });
const MAILS = line(2, 'Mails', { type: 'schedule' });

const version = (config: object, nodes: object[] = []) => ({ id: 2, key: 'key2', title: 'Mails', type: 'schedule', config, nodes });

function show(answers: Answers = {}) {
  return showPage(
    <WorkflowsPage registry={registry} />,
    {
      'workflows:list': { data: [ORDERS, MAILS], meta: { count: 2 } },
      'workflows:overview': { key1: { lastDay: 40, failedLastDay: 10, lastRun: { id: 5, status: -1, at: '2026-01-01T00:00:00Z' } } },
      'workflowCategories:list': [
        { id: 7, title: 'Sales', color: 'blue' },
        { id: 8, title: 'Finance', color: 'red' },
      ],
      ...answers,
    },
    [collection('products', 'Products')],
  );
}

const row = async (title: string) => (await screen.findByRole('link', { name: title })).closest('tr')!;

describe('the list of workflows', () => {
  it('shows how often each was executed, what failed lately, and how the last execution ended', async () => {
    show();
    const orders = within(await row('Orders'));
    expect(orders.getByRole('button', { name: 'executed-Orders' }).textContent).toBe('1,200');
    expect(await orders.findByText('25% failed')).toBeTruthy();
    expect(orders.getByText('Failed')).toBeTruthy();
    expect(orders.getByRole('link', { name: 'Orders' }).getAttribute('href')).toBe('/app/admin/settings/workflow/workflows/1');
  });

  it('searches by what is typed, filters by type and category, and says when nothing fits', async () => {
    const { user, asked } = show({ 'workflows:list': ({ params }) => (JSON.stringify(params).includes('$includes') ? { data: [], meta: { count: 0 } } : { data: [ORDERS], meta: { count: 1 } }) });
    await row('Orders');
    await user.click(await screen.findByRole('tab', { name: 'Sales' }));
    await user.type(screen.getByRole('searchbox', { name: 'Search workflows' }), 'nope');
    await screen.findByText('No workflow fits');
    expect(asked('workflows:list').at(-1)!.params).toMatchObject({
      page: 1,
      filter: { current: true, $and: [{ $or: [{ title: { $includes: 'nope' } }, { key: { $includes: 'nope' } }] }, { 'categories.id': 7 }] },
    });
    await user.click(screen.getByText('Remove all filters'));
    await row('Orders');
  });

  it('shows the switch at once and takes it back when the server refuses', async () => {
    const { user } = show({ 'workflows:update': refusal('Another version is being switched', 409) });
    const toggle = await screen.findByRole('switch', { name: 'Enabled-Orders' });
    await user.click(toggle);
    await screen.findByText('Another version is being switched');
    expect(toggle.getAttribute('aria-checked')).toBe('true');
  });

  it('lists the faults before it enables a broken workflow', async () => {
    const { user, asked } = show({ 'workflows:get': version({ mode: 0 }) });
    await user.click(await screen.findByRole('switch', { name: 'Enabled-Mails' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('Set when it starts; without a start it never runs');
    expect(asked('workflows:update')).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Enable anyway' }));
    await waitFor(() => expect(asked('workflows:update')).toMatchObject([{ params: { filterByTk: 2 }, values: { enabled: true } }]));
  });

  it('enables a workflow without faults without asking', async () => {
    const { user, asked } = show({ 'workflows:get': version({ mode: 0, startsOn: '2026-01-01T00:00:00Z' }) });
    await user.click(await screen.findByRole('switch', { name: 'Enabled-Mails' }));
    await waitFor(() => expect(asked('workflows:update')).toHaveLength(1));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('tells what goes with a workflow before it is deleted', async () => {
    const { user, asked } = show({ 'workflows:impact': { versions: 3, nodes: 12, executions: 1200, unfinished: 2, tasks: 1 } });
    await row('Orders');
    await user.click(screen.getByRole('button', { name: 'More actions for Orders' }));
    await user.click(await screen.findByRole('menuitem', { name: /Delete/ }));
    const dialog = await screen.findByRole('dialog');
    for (const text of ['Versions: 3', 'Nodes: 12', 'Executions so far: 1200', 'have not ended: 2', 'have not done yet: 1', 'It is enabled']) {
      expect(dialog.textContent).toContain(text);
    }
    expect(asked('workflows:destroy')).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(asked('workflows:destroy')).toMatchObject([{ params: { filterByTk: [1] } }]));
  });

  it('deletes all that are selected', async () => {
    const { user, asked } = show({ 'workflows:impact': { versions: 2, nodes: 0, executions: 0, unfinished: 0, tasks: 0 } });
    await row('Orders');
    await user.click(screen.getByRole('checkbox', { name: 'Select Orders' }));
    await user.click(screen.getByRole('checkbox', { name: 'Select Mails' }));
    await user.click(screen.getByRole('button', { name: /Delete 2 selected/ }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(asked('workflows:destroy')).toMatchObject([{ params: { filterByTk: [1, 2] } }]));
  });

  it('duplicates under a new name', async () => {
    const { user, asked } = show();
    await row('Orders');
    await user.click(screen.getByRole('button', { name: 'More actions for Orders' }));
    await user.click(await screen.findByRole('menuitem', { name: /Duplicate/ }));
    const name = await screen.findByRole('textbox', { name: 'Name' });
    expect(name).toHaveProperty('value', 'Orders (copy)');
    await user.clear(name);
    await user.type(name, 'Orders 2');
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Duplicate' }));
    await waitFor(() =>
      expect(asked('workflows:revision')).toMatchObject([{ params: { filterByTk: 1 }, values: { title: 'Orders 2' } }]),
    );
  });

  it('moves categories by keyboard and says so', async () => {
    const { user, asked } = show();
    const tab = await screen.findByRole('tab', { name: 'Finance' });
    await user.click(tab);
    await user.keyboard('{Alt>}{ArrowLeft}{/Alt}');
    await waitFor(() => expect(asked('workflowCategories:move')).toMatchObject([{ params: { sourceId: 8, targetId: 7 } }]));
    expect(screen.getAllByRole('tab').map(({ textContent }) => textContent.trim())).toEqual(['All', 'Finance', 'Sales']);
    expect(screen.getByText('Finance moved to place 1 of 2')).toBeTruthy();
  });

  it('offers examples when there is none, and creates what they need', async () => {
    const { user, asked, visited } = show({
      'workflows:list': { data: [], meta: { count: 0 } },
      'workflows:create': { id: 33 },
      'workflows:saveFlow': { revision: 'r1', ids: {} },
    });
    await user.click(await screen.findByRole('button', { name: 'Use the template “Order: check and deduct stock”' }));
    await waitFor(() => expect(visited).toEqual(['/admin/settings/workflow/workflows/33']));
    expect(asked('collections:create').map(({ values }) => (values as { name: string }).name)).toEqual(['orders']);
    const [saved] = asked('workflows:saveFlow');
    expect(saved!.params).toEqual({ filterByTk: 33 });
    const { put } = (saved!.values as { nodes: { put: { key: string; upstream: string | null; branch: number | null; downstream: string | null }[] } }).nodes;
    expect(put.map(({ key, upstream, branch, downstream }) => [key, upstream, branch, downstream])).toEqual([
      ['product', null, null, 'enough'],
      ['enough', 'product', null, null],
      ['reject', 'enough', 0, 'failed'],
      ['failed', 'reject', null, null],
      ['remaining', 'enough', 1, 'deduct'],
      ['deduct', 'remaining', null, 'confirm'],
      ['confirm', 'deduct', null, null],
    ]);
  });

  it('says why it could not be loaded and tries again', async () => {
    let isDown = true;
    const { user } = show({
      'workflows:list': () => {
        if (isDown) refusal('The database is away', 500)();
        return { data: [ORDERS], meta: { count: 1 } };
      },
    });
    expect((await screen.findByRole('alert')).textContent).toContain('The database is away');
    isDown = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await row('Orders');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('has no serious faults of accessibility', async () => {
    const { container } = show();
    await row('Orders');
    // Colours need a browser that paints.
    const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });
});
