import { FunctionOutlined } from '@ant-design/icons';
import { Button, Popover, Tooltip, type ButtonProps } from 'antd';
import { useState, type CSSProperties } from 'react';
import { useT } from '../../port/HostPort';
import type { VariableNode } from '../variables/types';
import { VariablePanel } from './VariablePanel';

interface PickerProps {
  tree: readonly VariableNode[];
  onSelect(node: VariableNode): void;
  /** called when the popover is closed, to give the focus back */
  onClose?(): void;
  /** @default 'Insert variable' */
  label?: string;
  disabled?: boolean;
  type?: ButtonProps['type'];
  style?: CSSProperties;
}

/** Button that opens the tree of variables. */
export function VariablePicker({ tree, onSelect, onClose, label, disabled, type, style }: PickerProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const name = label ?? t('Insert variable');
  const change = (isOpen: boolean) => {
    setOpen(isOpen);
    if (!isOpen) onClose?.();
  };
  return (
    <Popover
      open={open}
      onOpenChange={change}
      trigger="click"
      placement="bottomRight"
      arrow={false}
      destroyTooltipOnHide
      content={
        // Escape closes the tree, not the drawer around it.
        <div
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            change(false);
          }}
        >
          <VariablePanel
            tree={tree}
            onSelect={(node) => {
              setOpen(false);
              onSelect(node);
            }}
          />
        </div>
      }
    >
      <Tooltip title={open ? null : name}>
        <Button
          aria-label={name}
          aria-haspopup="tree"
          aria-expanded={open}
          disabled={disabled}
          type={type}
          style={style}
          icon={<FunctionOutlined />}
        />
      </Tooltip>
    </Popover>
  );
}
