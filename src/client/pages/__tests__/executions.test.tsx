// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { EXECUTION_CHANGED } from '../../api/useExecutionChanges';
import type { ExecutionDetail, ExecutionLine } from '../../api/types';
import { PageFrame } from '../../ui/PageFrame';
import { ExecutionPage } from '../execution/ExecutionPage';
import { ExecutionsDrawer } from '../executions/ExecutionsDrawer';
import { ExecutionsPage } from '../executions/ExecutionsPage';
import { collection, refusal, registry, showPage, type Answers } from './world';

const line = (id: number, rest: Partial<ExecutionLine> = {}): ExecutionLine => ({
  id,
  workflowId: 1,
  key: 'wf',
  status: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  startedAt: '2026-01-01T00:00:01.000Z',
  endedAt: '2026-01-01T00:00:03.500Z',
  source: 'action',
  user: { id: 1, nickname: 'Emma' },
  record: { collection: 'orders', id: 42 },
  workflow: { id: 1, key: 'wf', title: 'Orders' },
  versionNumber: 3,
  ...rest,
});

const ORDERS = [collection('orders', 'Orders of customers')];
const row = async (id: number) => (await screen.findByRole('link', { name: `view-${id}` })).closest('tr')!;
const menuOf = (id: number) => screen.getByRole('button', { name: `More actions for #${id}` });

describe('the list of executions', () => {
  it('shows what started each, who, on which record, how long and in which version', async () => {
    showPage(<ExecutionsPage registry={registry} />, { 'executions:list': { data: [line(9)], meta: { count: 1 } } }, ORDERS);
    const cells = [...(await row(9)).querySelectorAll('td')].map(({ textContent }) => textContent);
    expect(cells.slice(1, -1)).toEqual(['Resolved', 'Orders', expect.stringMatching(/ago|last/), '2.5 sec', 'Post-action event', 'Emma', 'Orders of customers42', 'Version 3']);
  });

  it('estimates how many there are and turns pages', async () => {
    const rows = Array.from({ length: 20 }, (_, index) => line(100 - index));
    const { user, asked } = showPage(<ExecutionsPage registry={registry} />, {
      'executions:list': { data: rows, meta: { count: 1_013_221, estimated: true } },
    });
    await screen.findByText('1–20 of about 1,000,000');
    await user.click(screen.getByRole('button', { name: 'Next page' }));
    await waitFor(() => expect(asked('executions:list').at(-1)!.params).toMatchObject({ page: 2, pageSize: 20, count: 'estimate' }));
    await screen.findByText('21–40 of about 1,000,000');
  });

  it('filters by queueing, which is no number, and clears what fits', async () => {
    const { user, asked } = showPage(
      <PageFrame>
        <ExecutionsDrawer registry={registry} workflow={{ key: 'wf', title: 'Orders' }} onClose={() => undefined} />
      </PageFrame>,
      { 'executions:list': { data: [line(9)], meta: { count: 1 } } },
    );
    await row(9);
    await user.click(screen.getByRole('combobox', { name: 'Status' }));
    await user.click((await screen.findAllByText('Queueing')).at(-1)!);
    const filter = { $and: [{ key: 'wf' }, { $or: [{ status: { $empty: true } }] }] };
    await waitFor(() => expect(asked('executions:list').at(-1)!.params).toMatchObject({ filter }));
    await user.click(screen.getByRole('button', { name: /Clear/ }));
    const question = (await screen.findByText('Delete all executions that fit the filter?')).closest<HTMLElement>('[role=dialog]')!;
    await user.click(within(question).getByRole('button', { name: 'Clear' }));
    await waitFor(() => expect(asked('executions:destroy')).toMatchObject([{ params: { filter } }]));
  });

  it('offers to cancel what goes on and to delete what has ended', async () => {
    const { user, asked } = showPage(<ExecutionsPage registry={registry} />, {
      'executions:list': { data: [line(9, { status: 0, endedAt: null }), line(8)], meta: { count: 2 } },
    });
    await row(9);
    await user.click(menuOf(9));
    await user.click(await screen.findByRole('menuitem', { name: /Cancel the execution/ }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Cancel the execution' }));
    await waitFor(() => expect(asked('executions:cancel')).toMatchObject([{ params: { filterByTk: 9 } }]));
    await user.click(menuOf(8));
    expect(await screen.findByRole('menuitem', { name: /Delete/ })).toBeTruthy();
  });

  it('follows what the server tells', async () => {
    const { send, asked } = showPage(<ExecutionsPage registry={registry} />, {
      'executions:list': { data: [line(9, { status: 0, endedAt: null })], meta: { count: 1 } },
    });
    const shown = within(await row(9));
    shown.getByText('On going');
    send(EXECUTION_CHANGED, { executionId: '9', workflowId: '1', key: 'wf', status: -2 });
    expect(shown.getByText('Error')).toBeTruthy();
    const before = asked('executions:list').length;
    send(EXECUTION_CHANGED, { executionId: '10', workflowId: '1', key: 'wf', status: null });
    await waitFor(() => expect(asked('executions:list')).toHaveLength(before + 1));
  });
});

const detail = (rest: Partial<ExecutionDetail> = {}) => ({
  ...line(9, { status: 0, endedAt: null }),
  context: { data: { id: 42, title: 'Chairs' } },
  jobs: [{ id: 1, nodeId: 11, nodeKey: 'find', status: 1, startedAt: '2026-01-01T00:00:01.000Z', updatedAt: '2026-01-01T00:00:01.250Z' }],
  workflow: {
    id: 1,
    key: 'wf',
    title: 'Orders',
    type: 'action',
    config: { collection: 'orders' },
    nodes: [
      { id: 11, key: 'find', type: 'query', title: 'Find the order', config: {}, downstreamId: 12 },
      { id: 12, key: 'store', type: 'update', title: 'Store it', config: {}, upstreamId: 11 },
    ],
  },
  ...rest,
});

async function showRun(answers: Answers) {
  const page = showPage(<ExecutionPage id="9" registry={registry} />, { 'executions:list': [line(9, { status: 0, endedAt: null })], ...answers }, ORDERS);
  await page.user.click(await screen.findByText('List'));
  return page;
}

describe('the page of an execution', () => {
  it('lists its jobs with status and duration, and shows what triggered it', async () => {
    const { user } = await showRun({ 'executions:get': detail() });
    const job = screen.getByRole('button', { name: /Find the order/ });
    expect(job.textContent).toContain('250 ms');
    expect(job.textContent).toContain('Resolved');
    await user.click(screen.getByRole('button', { name: /^thunderbolt Trigger|Trigger/ }));
    expect(screen.getByRole('group', { name: 'Trigger variables' }).textContent).toContain('Chairs');
  });

  it('tells why a job failed, with the cause, and what it was given', async () => {
    const failed = { id: 2, nodeId: 12, nodeKey: 'store', status: -2, updatedAt: '2026-01-01T00:00:02.000Z' };
    const { user } = await showRun({
      'executions:get': detail({ status: -2, jobs: [failed] }),
      'jobs:explain': { ...failed, input: { collection: 'orders' }, error: { message: 'The row is locked', cause: 'deadlock detected' }, log: 'tried twice' },
    });
    await user.click(screen.getByRole('button', { name: /Store it/ }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('The row is locked');
    expect(alert.textContent).toContain('Cause: deadlock detected');
    expect(screen.getByRole('group', { name: 'Input' }).textContent).toContain('orders');
    expect(screen.getByText('tried twice')).toBeTruthy();
  });

  it('shows jobs as they come, and loads the rest when it ends', async () => {
    const { send, asked } = await showRun({ 'executions:get': detail() });
    send(EXECUTION_CHANGED, { executionId: '9', workflowId: '1', key: 'wf', status: 0, jobs: [{ id: '2', nodeId: '12', nodeKey: 'store', status: 0 }] });
    expect(screen.getByRole('button', { name: /Store it/ }).textContent).toContain('Pending');
    // the run's status alone is asked for again and again
    const loads = () => asked('executions:get').filter(({ params }) => JSON.stringify(params).includes('workflow.nodes'));
    expect(loads()).toHaveLength(1);
    send(EXECUTION_CHANGED, { executionId: '9', workflowId: '1', key: 'wf', status: 1, jobs: [{ id: '2', nodeId: '12', nodeKey: 'store', status: 1 }] });
    expect(screen.getByRole('button', { name: /Store it/ }).textContent).toContain('Resolved');
    await waitFor(() => expect(loads()).toHaveLength(2));
  });

  it('hears nothing of other executions', async () => {
    const { send } = await showRun({ 'executions:get': detail() });
    send(EXECUTION_CHANGED, { executionId: '77', key: 'wf', status: 1, jobs: [{ id: '2', nodeId: '12', nodeKey: 'store', status: 1 }] });
    expect(screen.queryByRole('button', { name: /Store it/ })).toBeNull();
  });

  it('runs again from a node and goes to the new execution', async () => {
    const { user, asked, visited } = await showRun({ 'executions:get': detail({ status: 1 }), 'jobs:explain': {}, 'executions:replay': { id: 10 } });
    await user.click(screen.getByRole('button', { name: /Find the order/ }));
    await user.click(await screen.findByRole('button', { name: /Run again from this node/ }));
    const question = (await screen.findByText('Run the workflow again from this node?')).closest<HTMLElement>('[role=dialog]')!;
    expect(asked('executions:replay')).toEqual([]);
    await user.click(within(question).getByRole('button', { name: 'Run again' }));
    await waitFor(() => expect(asked('executions:replay')).toHaveLength(1));
    await waitFor(() => expect(visited).toEqual(['/admin/settings/workflow/executions/10']));
    expect(asked('executions:replay')).toMatchObject([{ params: { filterByTk: 9 }, values: { nodeId: 11 } }]);
  });

  it('says that it does not exist', async () => {
    showPage(<ExecutionPage id="9" registry={registry} />, { 'executions:get': refusal('Not found', 404) });
    expect(await screen.findByText('This execution does not exist')).toBeTruthy();
  });
});
