// @vitest-environment jsdom
import { cleanup, screen, within } from '@testing-library/react';
import axe from 'axe-core';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useDocument } from '../../document/DocumentContext';
import type { FlowNode } from '../../document/types';
import type { NodeKind } from '../../registry/kinds';
import { BranchSlot } from '../card/BranchSlot';
import { NodeCardFrame } from '../card/NodeCardFrame';
import { registryWith, renderCanvas, ROW } from './world';

afterEach(cleanup);

/** A card as branching extensions draw it: ours, with branches that it counts itself. */
function ParallelCard({ data }: { data: unknown }) {
  const { key } = data as FlowNode;
  const heads = [...(useDocument()?.nodes.values() ?? [])].filter((node) => node.upstream === key && node.branch !== null);
  const [extra, setExtra] = useState(1);
  return (
    <NodeCardFrame>
      {heads.map(({ branch }) => (
        <BranchSlot key={branch} branchIndex={branch!} controller={<b>Column {branch}</b>} />
      ))}
      {Array.from({ length: extra }, (_, at) => (
        <BranchSlot key={`new ${at}`} branchIndex={heads.length + at + 1} controller={<b>New column</b>} />
      ))}
      <button type="button" onClick={() => setExtra(extra + 1)}>
        Add branch
      </button>
    </NodeCardFrame>
  );
}

function BrokenCard(): never {
  throw new Error('no card today');
}

const kind = (type: string, Component: NonNullable<Extract<NodeKind['card'], { kind: 'component' }>>['Component']): NodeKind => ({
  type,
  title: type,
  group: 'control',
  async: false,
  testable: false,
  branches: () => [],
  ends: () => false,
  defaultConfig: () => ({}),
  unavailable: () => null,
  card: { kind: 'component', Component },
});

const row = (type: string) => ({
  ...ROW,
  nodes: [
    { id: 1, key: 'p', type, title: 'Both', config: {} },
    { id: 2, key: 'a', type: 'calculation', title: 'Inside', config: {}, upstreamId: 1, branchIndex: 1 },
  ],
});

describe('cards of extensions', () => {
  it('announce branches, whose controllers stand at the heads of their columns and whose nodes the canvas draws', async () => {
    const { user, document } = renderCanvas({ registry: registryWith(kind('parallel', ParallelCard)) }, row('parallel'));
    expect(await screen.findByText('Column 1')).toBeTruthy();
    expect(screen.getByText('Column 1').closest('.wf-branch-head')).toBeTruthy();
    expect(screen.getByRole('treeitem', { name: 'Calculation-Inside' }).getAttribute('aria-level')).toBe('2');
    await user.click(screen.getByRole('button', { name: 'Add branch' }));
    expect(await screen.findAllByText('New column')).toHaveLength(2);
    await user.click(await screen.findByRole('button', { name: 'add-button-parallel-Both-3' }));
    await user.click(screen.getByRole('button', { name: 'calculation' }));
    expect([...document().nodes.values()].find(({ branch }) => branch === 3)?.type).toBe('calculation');
  });

  it('that throw leave our card in their place, with the trouble on it', () => {
    const silenced = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    renderCanvas({ registry: registryWith(kind('broken', BrokenCard)) }, row('broken'));
    silenced.mockRestore();
    const card = screen.getByRole('treeitem', { name: 'broken-Both' });
    expect(within(card).getByRole('button', { name: /cannot be drawn/ })).toBeTruthy();
    expect(screen.getByRole('treeitem', { name: 'Trigger-Post-action event' })).toBeTruthy();
  });
});

describe('accessibility', () => {
  it('has no serious findings', async () => {
    renderCanvas();
    // jsdom knows no colours.
    const { violations } = await axe.run(window.document.body, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)).toEqual([]);
  });
});
