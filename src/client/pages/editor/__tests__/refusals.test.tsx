// @vitest-environment jsdom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { portWith, registryWith, ROW, Surroundings } from '../../../canvas/__tests__/world';
import { RequestRefused, type ActionRequest } from '../../../port/HostPort';
import { EditorPage } from '../EditorPage';

afterEach(cleanup);

const REASON = '"endStatus" must be one of [1, -1]';

interface SentNode {
  key: string;
  title?: string;
  config?: { endStatus?: number };
}

/** A server whose check of end nodes takes `Failed` alone, and a router that can be held. */
function open() {
  const requests: ActionRequest[] = [];
  const router: { isNeeded?: () => boolean; ask?: () => Promise<boolean> } = {};
  const port = {
    ...portWith((request) => {
      requests.push(request);
      if (request.action === 'workflows:get') return ROW;
      if (request.action === 'workflows:list') return [{ id: 1 }];
      if (request.action !== 'workflows:saveFlow') return {};
      const { nodes } = request.values as { nodes: { put: SentNode[] } };
      const refused = nodes.put.filter(({ config }) => config?.endStatus === 1);
      const faults = refused.map(({ key }) => ({ nodeKey: key, field: 'config.endStatus', message: REASON }));
      if (faults.length) throw new RequestRefused(REASON, 400, 'config.endStatus', faults);
      return { revision: '2', ids: {} };
    }),
    guardLeaving(isNeeded: () => boolean, ask: () => Promise<boolean>) {
      Object.assign(router, { isNeeded, ask });
      return () => undefined;
    },
  };
  render(
    <Surroundings port={port}>
      <EditorPage workflowId="1" registry={registryWith()} />
    </Surroundings>,
  );
  const saves = () =>
    requests.filter(({ action }) => action === 'workflows:saveFlow').map(({ values }) => (values as { nodes: { put: SentNode[] } }).nodes.put);
  const updates = () => requests.filter(({ action }) => action === 'workflows:update');
  return { user: userEvent.setup(), router, saves, updates };
}

const card = (name: string) => screen.findByRole('treeitem', { name });
const notSaved = () => screen.findByRole('button', { name: /1 node is not saved/ });

const question = async (title: string) => (await screen.findByText(title)).closest<HTMLElement>('[role=dialog]')!;

/** Configures the end node as the server does not want it. */
async function refuse(user: ReturnType<typeof userEvent.setup>) {
  await user.click(await card('End process-Refuse'));
  const drawer = await screen.findByRole('dialog');
  await user.click(await within(drawer).findByRole('radio', { name: 'Succeeded' }));
  await user.click(within(drawer).getByRole('button', { name: 'Save' }));
  await notSaved();
}

describe('a config that the server refuses', () => {
  it('is told at its card and in the bar, whose click opens it with the values and the reason; the rest is saved', async () => {
    const { user, saves } = open();
    await refuse(user);
    expect(within(await card('End process-Refuse')).getByRole('button', { name: `Problems: 1: Not saved: ${REASON}` })).toBeTruthy();

    (await card('Calculation-Double')).focus();
    await user.keyboard('{F2}');
    await user.clear(screen.getByRole('textbox', { name: 'Title' }));
    await user.type(screen.getByRole('textbox', { name: 'Title' }), 'Twice{Enter}');
    await waitFor(() => expect(saves()).toHaveLength(2));
    expect(saves()[1]!.map(({ key, title }) => [key, title])).toEqual([['k1', 'Twice']]);

    await user.click(await notSaved());
    const drawer = await screen.findByRole('dialog');
    expect(await within(drawer).findByText('The server did not accept these values, they are not saved')).toBeTruthy();
    expect(within(drawer).getByRole('radio', { name: 'Succeeded' })).toHaveProperty('checked', true);
    expect(within(drawer).getAllByText(REASON).length).toBeGreaterThan(1);

    await user.click(within(drawer).getByRole('radio', { name: 'Failed' }));
    await user.click(within(drawer).getByRole('button', { name: 'Save' }));
    await screen.findByText('Saved');
    expect(screen.queryByRole('button', { name: /not saved/ })).toBeNull();
  });

  it('is listed before the workflow is enabled, which is possible all the same', async () => {
    const { user, updates } = open();
    await refuse(user);
    await user.click(screen.getByRole('switch', { name: 'Enabled' }));
    const dialog = await question('Enable a workflow with problems?');
    expect(within(dialog).getByText(new RegExp(`Not saved: "endStatus"`))).toBeTruthy();
    expect(updates()).toHaveLength(0);
    await user.click(within(dialog).getByRole('button', { name: 'Enable anyway' }));
    await waitFor(() => expect(updates()[0]?.values).toEqual({ enabled: true }));
  });

  it('asks before the page is left', async () => {
    const { user, router } = open();
    await card('End process-Refuse');
    expect(router.isNeeded!()).toBe(false);
    await refuse(user);
    expect(router.isNeeded!()).toBe(true);
    const answer = router.ask!();
    const dialog = await question('Leave without saving?');
    expect(within(dialog).getByText('Refuse')).toBeTruthy();
    await user.click(within(dialog).getByRole('button', { name: 'Stay' }));
    expect(await answer).toBe(false);
    expect(window.dispatchEvent(new Event('beforeunload', { cancelable: true }))).toBe(false);
  });
});
