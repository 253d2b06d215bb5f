// @vitest-environment jsdom
import '../../forms/__tests__/lightStyles';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Server, showList, workflow } from './world';

beforeAll(() => {
  // What antd asks of a browser and jsdom does not have.
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
});
afterEach(cleanup);

const rows = () => within(screen.getByRole('list', { name: 'Bound workflows' })).getAllByRole('listitem');
const select = (position: number) => screen.findByRole('combobox', { name: `Workflow ${position}` });

/** antd's popups take their time in jsdom, more so on a busy machine. */
describe('the list of bound workflows', { timeout: 30_000 }, () => {
  it('invites to bind one when there is none, and adds it', async () => {
    const server = new Server([workflow({ key: 'review', title: 'Review' }), workflow({ key: 'off', enabled: false })]);
    const { told, user } = showList(server);
    screen.getByText('This button starts no workflow yet');
    expect(screen.getByRole('link', { name: /Create a workflow/ }).getAttribute('href')).toBe('/admin/settings/workflow');

    await user.click(screen.getByRole('button', { name: /Add workflow/ }));
    expect(told.last).toBeUndefined();
    await user.click(await select(1));
    await user.click(await screen.findByText('Review'));
    expect(told.last).toEqual([{ workflowKey: 'review', context: '' }]);
    expect(screen.queryByText('Workflow off')).toBeNull();
  });

  it('asks the server for titles that hold what was typed', async () => {
    const server = new Server([workflow({ key: 'a', title: 'Approve' }), workflow({ key: 'b', title: 'Bill' })]);
    const { user } = showList(server);
    await user.click(screen.getByRole('button', { name: /Add workflow/ }));
    await user.type(await select(1), 'Bi');
    await screen.findByText('Bill');
    await waitFor(() => expect(screen.queryByText('Approve')).toBeNull());
  });

  it('does not offer what does not need to be bound', async () => {
    const server = new Server([
      workflow({ key: 'g', title: 'Everywhere', config: { collection: 'reimbursements', global: true } }),
      workflow({ key: 'l', title: 'Local' }),
    ]);
    const { user } = showList(server);
    await user.click(screen.getByRole('button', { name: /Add workflow/ }));
    await user.click(await select(1));
    await screen.findByText('Local');
    expect(screen.queryByText('Everywhere')).toBeNull();
    screen.getByText(/Workflows in global mode run without being bound/);
  });

  it('shows stock bindings with their titles and marks those that do not run any more', async () => {
    const server = new Server([
      workflow({ key: 'fine', title: 'Fine' }),
      workflow({ key: 'off', title: 'Switched off', enabled: false }),
      workflow({ key: 'moved', title: 'Moved', config: { collection: 'users' } }),
    ]);
    const { told, user } = showList(server, [
      { workflowKey: 'fine', __DO_NOT_USE_THIS_PROPERTY_index__: 0 },
      { workflowKey: 'off', context: '' },
      { workflowKey: 'gone', context: '' },
      { workflowKey: 'moved', context: '' },
    ]);
    await screen.findByText('Fine');
    const [fine, off, gone, moved] = rows();
    expect(within(fine!).queryByText(/does not run|no longer/)).toBeNull();
    within(off!).getByText('Switched off');
    within(off!).getByText('Disabled');
    within(gone!).getByText('Deleted');
    expect(within(gone!).getAllByText('gone').length).toBeGreaterThan(0);
    within(moved!).getByText('Does not fit');

    await user.click(within(gone!).getByRole('button', { name: 'Remove gone' }));
    expect(told.last!.map(({ workflowKey }) => workflowKey)).toEqual(['fine', 'off', 'moved']);
  });

  it('changes the order by keyboard and keeps the focus on what moved', async () => {
    const server = new Server(['a', 'b', 'c'].map((key) => workflow({ key })));
    const { told } = showList(server, ['a', 'b', 'c'].map((workflowKey) => ({ workflowKey })));
    const handle = await screen.findByRole('button', { name: /^Move Workflow a: position 1 of 3/ });
    handle.focus();
    fireEvent.keyDown(handle, { key: 'ArrowDown' });
    expect(told.last!.map(({ workflowKey }) => workflowKey)).toEqual(['b', 'a', 'c']);
    expect(document.activeElement!.getAttribute('aria-label')).toMatch(/^Move Workflow a: position 2 of 3/);
    fireEvent.keyDown(document.activeElement!, { key: 'ArrowDown' });
    fireEvent.keyDown(document.activeElement!, { key: 'ArrowDown' });
    expect(told.last!.map(({ workflowKey }) => workflowKey)).toEqual(['b', 'c', 'a']);
  });

  it('offers to-one associations as data, and only workflows of their collection', async () => {
    const server = new Server([
      workflow({ key: 'own', title: 'Of the form' }),
      workflow({ key: 'person', title: 'Of the person', config: { collection: 'users' } }),
    ]);
    const { told, user } = showList(server, [{ workflowKey: 'own' }]);
    const context = await screen.findByRole('combobox', { name: 'Trigger data of workflow 1' });
    await user.click(context);
    await user.click(await screen.findByText('Applicant'));
    expect(screen.queryByText('Receipts')).toBeNull();
    expect(told.last).toEqual([]);

    await user.click(await select(1));
    await user.click(await screen.findByText('Of the person'));
    expect(told.last).toEqual([{ workflowKey: 'person', context: 'applicant' }]);
  });

  it('says that loading failed and tries again', async () => {
    const server = new Server([workflow({ key: 'a', title: 'Approve' })]);
    server.refuses = true;
    const { user } = showList(server, [{ workflowKey: 'a' }]);
    const again = await screen.findByRole('button', { name: 'Try again' });
    server.refuses = false;
    await user.click(again);
    await screen.findByText('Approve');
  });
});
