// @vitest-environment jsdom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { portWith, registryWith, ROW, Surroundings } from '../../../canvas/__tests__/world';
import { RequestRefused, type ActionRequest } from '../../../port/HostPort';
import { EditorPage } from '../EditorPage';

afterEach(cleanup);

type Answer = (request: ActionRequest) => unknown;

/** A server that knows one version; `answer` speaks first. */
function open(answer: Answer = () => undefined, row: object = ROW) {
  const requests: ActionRequest[] = [];
  const visited: string[] = [];
  let revision = 1;
  const port = {
    ...portWith((request) => {
      requests.push(request);
      const special = answer(request);
      if (special !== undefined) return special;
      if (request.action === 'workflows:get') return { ...row, revision: String(revision) };
      if (request.action === 'workflows:saveFlow') return { revision: String(++revision), ids: {} };
      if (request.action === 'workflows:samples') return null;
      if (request.action === 'workflows:revision') return { id: 77 };
      if (request.action === 'workflows:list') return [{ id: 5 }, { id: 1, current: true }, { id: 0 }];
      return {};
    }),
    navigate: (path: string) => void visited.push(path),
  };
  render(
    <Surroundings port={port}>
      <EditorPage workflowId="1" registry={registryWith()} />
    </Surroundings>,
  );
  const sent = (action: string) => requests.filter((request) => request.action === action);
  return { user: userEvent.setup(), requests, visited, sent };
}

const card = (name: string) => screen.findByRole('treeitem', { name });

describe('editor page', () => {
  it('saves an edit in the background with one request, and loads nothing again', async () => {
    let answer: (() => void) | undefined;
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { user, sent } = open(({ action }) => (action === 'workflows:saveFlow' ? held.then(() => ({ revision: '2', ids: {} })) : undefined));
    (await card('Calculation-Double')).focus();
    await user.keyboard('{F2}');
    await user.clear(screen.getByRole('textbox', { name: 'Title' }));
    await user.type(screen.getByRole('textbox', { name: 'Title' }), 'Twice{Enter}');
    expect(screen.getByText('Saving')).toBeTruthy();
    answer?.();
    await waitFor(() => expect(sent('workflows:saveFlow')).toHaveLength(1));
    await screen.findByText('Saved');
    const values = sent('workflows:saveFlow')[0]!.values as { base: string; nodes: { put: { key: string; title: string }[] } };
    expect(values.base).toBe('1');
    expect(values.nodes.put.map(({ key, title }) => [key, title])).toEqual([['k1', 'Twice']]);
    expect(sent('workflows:get')).toHaveLength(1);
  });

  it('says when saving was refused, and keeps the edit', async () => {
    const { user } = open(({ action }) => {
      if (action === 'workflows:saveFlow') throw new RequestRefused('The title is too long', 400, 'title');
      return undefined;
    });
    (await card('Query record-Find')).focus();
    await user.keyboard('{Delete}');
    await waitFor(() => expect(screen.getByText('Not saved')).toBeTruthy());
    expect(screen.queryByRole('treeitem', { name: 'Query record-Find' })).toBeNull();
  });

  it('asks whose flow stays when somebody else saved meanwhile', async () => {
    let isFirst = true;
    const { user, sent } = open(({ action }) => {
      if (action !== 'workflows:saveFlow' || !isFirst) return undefined;
      isFirst = false;
      throw new RequestRefused('changed meanwhile', 409);
    });
    (await card('Query record-Find')).focus();
    await user.keyboard('{Delete}');
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Overwrite with mine' }));
    await waitFor(() => expect(sent('workflows:saveFlow')).toHaveLength(2));
    await screen.findByText('Saved');
  });

  it('lists what is wrong before it enables, and enables all the same when told to', async () => {
    const broken = { ...ROW, nodes: ROW.nodes.map((node) => (node.key === 'k5' ? { ...node, config: { collection: 'gone' } } : node)) };
    const { user, sent } = open(undefined, broken);
    await card('Query record-Find');
    await user.click(screen.getByRole('switch', { name: 'Enabled' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText(/gone/)).toBeTruthy();
    expect(sent('workflows:update')).toHaveLength(0);
    await user.click(within(dialog).getByRole('button', { name: 'Enable anyway' }));
    await waitFor(() => expect(sent('workflows:update')[0]?.values).toEqual({ enabled: true }));
  });

  it('says on the next page that edits of the one before are not saved, and stores them when told to try again', async () => {
    let isDown = true;
    const { user, sent } = open(({ action }) => {
      if (action === 'workflows:saveFlow' && isDown) throw new RequestRefused('The server cannot be reached', undefined);
      return undefined;
    });
    (await card('Query record-Find')).focus();
    await user.keyboard('{Delete}');
    cleanup();
    await screen.findByText('Edits of "Reimbursement" are not saved');
    isDown = false;
    const before = sent('workflows:saveFlow').length;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByText('Edits of "Reimbursement" are not saved')).toBeNull());
    expect(sent('workflows:saveFlow')).toHaveLength(before + 1);
  });

  it('calls the version by its number, as the list of versions does', async () => {
    const { user } = open();
    const button = await screen.findByRole('button', { name: 'version' });
    await waitFor(() => expect(button.textContent).toBe('Version 2'));
    await user.click(button);
    const lines = within(await screen.findByRole('list', { name: 'Versions' })).getAllByRole('button');
    expect(lines.map(({ textContent }) => /^Version \d/.exec(textContent ?? '')?.[0])).toEqual(['Version 3', 'Version 2', 'Version 1']);
    expect(lines[1]!.getAttribute('aria-current')).toBe('true');
  });

  it('is read-only once executed, and edits in a new version', async () => {
    const { user, sent, visited } = open(undefined, { ...ROW, versionStats: { executed: 2 } });
    await card('Calculation-Double');
    expect(screen.queryByRole('button', { name: 'add-button' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Edit in a new version' }));
    await waitFor(() => expect(visited).toEqual(['/admin/settings/workflow/workflows/77']));
    expect(sent('workflows:revision')[0]?.params).toEqual({ filterByTk: '1', filter: { key: 'wf1' } });
  });

  it('tells a missing version from one that could not be loaded', async () => {
    open(({ action }) => {
      if (action === 'workflows:get') throw new RequestRefused('Not found', 404);
      return undefined;
    });
    expect(await screen.findByText('This version of the workflow does not exist')).toBeTruthy();
    cleanup();
    let isDown = true;
    const { user } = open(({ action }) => {
      if (action === 'workflows:get' && isDown) throw new RequestRefused('The server cannot be reached', undefined);
      return undefined;
    });
    await screen.findByText('The server cannot be reached');
    isDown = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await card('Calculation-Double');
  });
});

describe('drawer', () => {
  it('applies a config as one step of undo', async () => {
    const { user } = open();
    await user.click(await card('End process-Refuse'));
    const drawer = await screen.findByRole('dialog');
    await user.click(await within(drawer).findByRole('radio', { name: 'Succeeded' }));
    await user.click(within(drawer).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.getByRole('button', { name: 'Undo: Configured: Refuse' })).toBeTruthy());
  });

  it('asks before changes are lost', async () => {
    const { user } = open();
    await user.click(await card('End process-Refuse'));
    const drawer = await screen.findByRole('dialog');
    await user.click(await within(drawer).findByRole('radio', { name: 'Succeeded' }));
    await user.click(within(drawer).getByRole('button', { name: 'Cancel' }));
    expect(await screen.findByText('Discard the changes?')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    await waitFor(() => expect(screen.queryByText('Configured: Refuse')).toBeNull());
    expect(screen.getByRole('button', { name: 'Undo' })).toHaveProperty('disabled', true);
  });
});
