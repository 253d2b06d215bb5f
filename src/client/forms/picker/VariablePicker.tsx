import { FunctionOutlined } from '@ant-design/icons';
import { Button, Popover, Tooltip, type ButtonProps } from 'antd';
import { useRef, useState, type CSSProperties } from 'react';
import { useT } from '../../port/HostPort';
import type { VariableNode } from '../variables/types';
import { VariablePanel } from './VariablePanel';

interface PickerProps {
  tree: readonly VariableNode[];
  onSelect(node: VariableNode): void;
  /** called when the popover is closed, to give the focus back. @default the button gets it */
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
  const button = useRef<HTMLButtonElement>(null);
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
            if (!onClose) button.current?.focus();
          }}
        >
          <VariablePanel
            tree={tree}
            onSelect={(node) => {
              setOpen(false);
              onSelect(node);
              // What had the focus goes with the tree.
              if (!onClose) button.current?.focus();
            }}
          />
        </div>
      }
    >
      <Tooltip title={open ? null : name}>
        <Button
          ref={button}
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
