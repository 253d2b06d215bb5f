import { App, Radio, Space, Typography } from 'antd';
import { useRef } from 'react';
import { removeNodes } from '../../document/commands/selection';
import { removeNode } from '../../document/commands/nodes';
import { rootsOf } from '../../document/commands/move';
import { indexOf } from '../../document/FlowIndex';
import { usersOf } from '../../document/references';
import type { FlowNode, NodeKey } from '../../document/types';
import { subtree } from '../../document/walk';
import { useT } from '../../port/HostPort';
import type { CanvasActions, CanvasScope } from '../state/CanvasContext';
import { TRIGGER } from '../types';

/**
 * Deletes nodes. Asks first when other nodes use their results, and where branches hold nodes what becomes of them;
 * everything else can simply be undone.
 */
export function useRemove(scope: () => CanvasScope): CanvasActions['remove'] {
  const t = useT();
  const { modal } = App.useApp();
  const keptBranch = useRef<number | null>(null);

  return (keys, { isCut = false } = {}) => {
    const { document, registry, editing, store, titleOf } = scope();
    const present = [...keys].filter((key) => document().nodes.has(key));
    if (!editing() || present.length === 0) return;
    const roots = rootsOf(document(), present);
    const gone = new Set(roots.flatMap((key) => subtree(document(), key).map((node) => node.key)));
    const users = usersOf(document(), gone)
      .map(({ node }) => node)
      .filter(({ key }) => !gone.has(key));
    const only = roots.length === 1 ? document().nodes.get(roots[0]!) : undefined;
    const branches = only ? indexOf(document()).branches(only.key) : [];
    const next = nextFocus(scope(), roots);

    const perform = (keepBranch: number | null) => {
      const label = isCut ? t('Cut') : roots.length === 1 ? t('Node deleted') : t('Nodes deleted: {{count}}', { count: roots.length });
      const result = editing()?.apply(label, (current) =>
        only && keepBranch !== null ? removeNode(current, { key: only.key, keepBranch }) : removeNodes(current, { keys: roots }),
      );
      if (!result) return;
      store.focus(next);
      store.announce(label);
      scope().revealSoon(next);
    };

    if (isCut || (users.length === 0 && branches.length === 0)) {
      perform(null);
      return;
    }
    keptBranch.current = null;
    const branchLabel = (index: number) =>
      (only && registry().node(only.type)?.branches(only.config).find((branch) => branch.index === index)?.label) || t('Branch {{number}}', { number: index });
    modal.confirm({
      title: only ? t('Delete "{{title}}"?', { title: titleOf(only) }) : t('Delete nodes? ({{count}})', { count: roots.length }),
      okText: t('Delete'),
      okButtonProps: { danger: true },
      cancelText: t('Cancel'),
      width: 480,
      content: (
        <Space direction="vertical" size="middle" style={{ width: '100%' }}>
          {branches.length > 0 && (
            <Radio.Group defaultValue="" onChange={(event) => (keptBranch.current = event.target.value === '' ? null : Number(event.target.value))}>
              <Space direction="vertical">
                <Radio value="">{t('Delete the nodes in its branches too ({{count}})', { count: gone.size - 1 })}</Radio>
                {branches.map(({ branch }) => (
                  <Radio key={branch} value={branch}>
                    {t('Keep the nodes of branch "{{name}}"', { name: branchLabel(branch) })}
                  </Radio>
                ))}
              </Space>
            </Radio.Group>
          )}
          {users.length > 0 && <Users users={users} titleOf={titleOf} />}
        </Space>
      ),
      onOk: () => perform(keptBranch.current),
    });
  };
}

function Users({ users, titleOf }: { users: readonly FlowNode[]; titleOf(node: FlowNode): string }) {
  const t = useT();
  return (
    <div>
      <Typography.Text type="warning">{t('These nodes use results that will be gone; their variables will be marked:')}</Typography.Text>
      <ul style={{ margin: '4px 0 0', paddingInlineStart: 20 }}>
        {users.slice(0, 8).map((node) => (
          <li key={node.key}>{titleOf(node)}</li>
        ))}
        {users.length > 8 && <li>…</li>}
      </ul>
    </div>
  );
}

/** The card that gets the focus when nodes are gone: what follows, else what comes before. */
function nextFocus({ document }: CanvasScope, roots: readonly NodeKey[]): string {
  const index = indexOf(document());
  const removed = new Set(roots);
  for (let node = index.next(roots.at(-1)!); node; node = index.next(node.key)) if (!removed.has(node.key)) return node.key;
  const [first] = roots;
  return (index.previous(first!) ?? index.owner(first!))?.key ?? TRIGGER;
}
