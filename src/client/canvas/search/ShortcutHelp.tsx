import { Modal, Typography } from 'antd';
import { useT } from '../../port/HostPort';

/** All keys of the canvas. */
export function ShortcutHelp({ readOnly, onClose }: { readOnly: boolean; onClose(): void }) {
  const t = useT();
  const rows: [keys: string, text: string, isEdit?: boolean][] = [
    ['↑ ↓ ← →', t('Walk through the workflow')],
    ['Home / End', t('First and last card')],
    ['Enter', t('Configure')],
    ['F2', t('Rename'), true],
    ['A / +', t('Add a node after this one'), true],
    ['Shift + ↑ ↓', t('Extend the selection')],
    ['Ctrl + A', t('Select all')],
    ['Delete', t('Delete'), true],
    ['Ctrl + C / Ctrl + X / Ctrl + V', t('Copy, cut, paste')],
    ['Ctrl + D', t('Duplicate'), true],
    ['Alt + ↑ ↓', t('Move up or down'), true],
    ['Ctrl + Z / Ctrl + Shift + Z', t('Undo, redo'), true],
    ['Ctrl + F', t('Search')],
    ['0 / 1', t('Show all, zoom to 100%')],
    ['M', t('Overview of the workflow')],
    ['Space + drag', t('Move the view')],
    ['Shift + drag', t('Select with a frame')],
    ['?', t('Keyboard shortcuts')],
  ];
  return (
    <Modal open title={t('Keyboard shortcuts')} footer={null} onCancel={onClose} width={520}>
      <table style={{ width: '100%', borderSpacing: '0 6px' }}>
        <tbody>
          {rows
            .filter(([, , isEdit]) => !readOnly || !isEdit)
            .map(([keys, text]) => (
              <tr key={keys}>
                <th scope="row" style={{ textAlign: 'start', fontWeight: 'normal', width: '45%' }}>
                  {keys.split(' / ').map((combination) => (
                    <Typography.Text key={combination} keyboard style={{ whiteSpace: 'nowrap' }}>
                      {combination}
                    </Typography.Text>
                  ))}
                </th>
                <td>{text}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </Modal>
  );
}
