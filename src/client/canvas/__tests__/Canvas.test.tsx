// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { indexOf } from '../../document/FlowIndex';
import type { FlowDocument } from '../../document/types';
import type { JobMark } from '../types';
import { renderCanvas } from './world';

afterEach(cleanup);

const card = (name: string) => screen.getByRole('treeitem', { name });
const order = (document: FlowDocument) => indexOf(document).order.map(({ title }) => title);
const hasFocus = (element: () => HTMLElement) => waitFor(() => expect(element()).toBe(window.document.activeElement));

describe('canvas as a tree', () => {
  it('lists trigger and nodes in reading order with levels and places', () => {
    renderCanvas();
    const items = within(screen.getByRole('tree')).getAllByRole('treeitem');
    const facts = items.map((item) => [
      item.getAttribute('aria-label'),
      item.getAttribute('aria-level'),
      `${item.getAttribute('aria-posinset')}/${item.getAttribute('aria-setsize')}`,
    ]);
    expect(facts).toEqual([
      ['Trigger-Post-action event', '1', '1/4'],
      ['Calculation-Double', '1', '2/4'],
      ['Condition-Large?', '1', '3/4'],
      ['End process-Refuse', '2', '1/1'],
      ['Calculation-Sum', '2', '1/1'],
      ['Query record-Find', '1', '4/4'],
    ]);
  });

  it('has one stop for the Tab key and walks by arrows, into branches and out of them', async () => {
    const { user } = renderCanvas();
    const stops = screen.getAllByRole('treeitem').filter(({ tabIndex }) => tabIndex === 0);
    expect(stops.map((item) => item.getAttribute('aria-label'))).toEqual(['Trigger-Post-action event']);
    stops[0]!.focus();
    await user.keyboard('{ArrowDown}');
    await hasFocus(() => card('Calculation-Double'));
    await user.keyboard('{ArrowDown}');
    await hasFocus(() => card('Condition-Large?'));
    await user.keyboard('{ArrowDown}');
    await hasFocus(() => card('End process-Refuse'));
    await user.keyboard('{ArrowRight}');
    await hasFocus(() => card('Calculation-Sum'));
    await user.keyboard('{ArrowDown}');
    await hasFocus(() => card('Query record-Find'));
    await user.keyboard('{Home}');
    await hasFocus(() => card('Trigger-Post-action event'));
  });

  it('opens a card by Enter and by a click', async () => {
    const { user, opened } = renderCanvas();
    card('Calculation-Double').focus();
    await user.keyboard('{Enter}');
    await user.click(card('Query record-Find'));
    await user.click(card('Trigger-Post-action event'));
    expect(opened).toEqual(['k1', 'k5', null]);
  });

  it('folds branches away and says how many nodes they hold', async () => {
    const { user } = renderCanvas();
    await user.click(screen.getByRole('button', { name: 'Hide branches' }));
    expect(card('Condition-Large?').getAttribute('aria-expanded')).toBe('false');
    expect(screen.queryByRole('treeitem', { name: 'Calculation-Sum' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Hidden nodes: 2' }));
    expect(card('Calculation-Sum')).toBeTruthy();
  });
});

describe('editing by keyboard', () => {
  it('adds a node after the focused one through the palette', async () => {
    const { user, document } = renderCanvas();
    card('Calculation-Double').focus();
    await user.keyboard('a');
    await user.type(screen.getByRole('combobox', { name: 'Search node types' }), 'calculation{Enter}');
    expect(order(document())).toEqual(['Double', 'Calculation', 'Large?', 'Refuse', 'Sum', 'Find']);
    await hasFocus(() => card('Calculation-Calculation'));
  });

  it('renames by F2, keeps the name by Enter and drops it by Escape', async () => {
    const { user, document } = renderCanvas();
    card('Calculation-Double').focus();
    await user.keyboard('{F2}');
    await user.clear(screen.getByRole('textbox', { name: 'Title' }));
    await user.type(screen.getByRole('textbox', { name: 'Title' }), 'Twice{Enter}');
    await hasFocus(() => card('Calculation-Twice'));
    await user.keyboard('{F2}');
    await user.type(screen.getByRole('textbox', { name: 'Title' }), 'x{Escape}');
    expect(document().nodes.get('k1')?.title).toBe('Twice');
  });

  it('moves a node up, and back by undo', async () => {
    const { user, document } = renderCanvas();
    card('Condition-Large?').focus();
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
    expect(order(document())).toEqual(['Large?', 'Refuse', 'Sum', 'Double', 'Find']);
    await user.keyboard('{Control>}z{/Control}');
    expect(order(document())).toEqual(['Double', 'Large?', 'Refuse', 'Sum', 'Find']);
    await user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    expect(order(document())).toEqual(['Large?', 'Refuse', 'Sum', 'Double', 'Find']);
  });

  it('asks before it deletes a node whose result is used, and names the users', async () => {
    const { user, document } = renderCanvas();
    card('Calculation-Double').focus();
    await user.keyboard('{Delete}');
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText('Sum')).toBeTruthy();
    await user.click(within(dialog).getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(document().nodes.has('k1')).toBe(false));
  });

  it('deletes a branching node and keeps one of its branches', async () => {
    const { user, document } = renderCanvas();
    card('Condition-Large?').focus();
    await user.keyboard('{Delete}');
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('radio', { name: 'Keep the nodes of branch "Yes"' }));
    await user.click(within(dialog).getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(order(document())).toEqual(['Double', 'Sum', 'Find']));
  });

  it('copies a branch as text and pastes it with new keys; variables inside follow', async () => {
    const { user, document } = renderCanvas();
    await user.click(card('Calculation-Double'));
    await user.keyboard('{Shift>}');
    await user.click(card('Query record-Find'));
    await user.keyboard('{/Shift}{Control>}c{/Control}');
    const text = await navigator.clipboard.readText();
    expect(JSON.parse(text).app).toBe('nocobase-workflow');
    await user.paste(text);
    await waitFor(() => expect(document().nodes.size).toBe(10));
    expect(order(document()).slice(5)).toEqual(['Double', 'Large?', 'Refuse', 'Sum', 'Find']);
    const { order: nodes } = indexOf(document());
    expect(nodes[8]!.config.expression).toBe(`{{$jobsMapByNodeKey.${nodes[5]!.key}}} + 1`);
  });

  it('finds cards by text of their configuration', async () => {
    const { user } = renderCanvas();
    card('Trigger-Post-action event').focus();
    await user.keyboard('{Control>}f{/Control}');
    await user.type(screen.getByRole('textbox', { name: 'Search' }), 'k1}} + 1');
    expect(screen.getByText('1 / 1')).toBeTruthy();
    await user.keyboard('{Escape}');
    await hasFocus(() => card('Calculation-Sum'));
  });

  it('lists all keys', async () => {
    const { user } = renderCanvas();
    card('Trigger-Post-action event').focus();
    await user.keyboard('?');
    expect(within(await screen.findByRole('dialog')).getByText('Alt + ↑ ↓')).toBeTruthy();
  });
});

describe('palette', () => {
  it('opens at a slot that is named as guides name it', async () => {
    const { user, document } = renderCanvas();
    await user.click(screen.getByRole('button', { name: 'add-button-condition-Large?-1' }));
    await user.click(screen.getByRole('button', { name: 'calculation' }));
    expect(order(document())).toEqual(['Double', 'Large?', 'Refuse', 'Calculation', 'Sum', 'Find']);
  });

  it('asks for the mode of a condition, and where what follows goes', async () => {
    const { user, document } = renderCanvas();
    await user.click(screen.getByRole('button', { name: 'add-button' }));
    await user.click(screen.getByRole('button', { name: 'condition' }));
    await user.click(await screen.findByRole('radio', { name: /Branch into/ }));
    await user.click(screen.getByRole('radio', { name: 'Inside of "Yes" branch' }));
    await user.click(screen.getByRole('button', { name: 'Add' }));
    await waitFor(() => expect(document().nodes.get('k1')?.branch).toBe(1));
    expect(order(document())[0]).toBe('Condition');
  });
});

describe('canvas that only shows', () => {
  it('offers no edits and shows the jobs of a run as text', async () => {
    const seen: string[] = [];
    const job: JobMark = { id: 'j1', text: 'Resolved', color: 'success' };
    const run = { jobs: new Map([['k1', [job]]]), skipped: new Set(['k4']), onJob: (_key: string, id: string) => seen.push(id) };
    const { user, document } = renderCanvas({ editing: undefined, run });
    expect(screen.queryByRole('button', { name: 'add-button' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'More actions' })).toBeNull();
    expect(card('Calculation-Sum').getAttribute('aria-description')).toContain('Skipped');
    await user.click(screen.getByRole('button', { name: 'Job, Resolved' }));
    card('Calculation-Double').focus();
    await user.keyboard('{Enter}{Delete}');
    expect(seen).toEqual(['j1', 'j1']);
    expect(document().nodes.size).toBe(5);
  });
});
