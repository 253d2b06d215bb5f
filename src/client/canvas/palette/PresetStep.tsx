import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button, Flex, Form, Radio, Space, Typography } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Place } from '../../document/types';
import { FormScopeProvider, type FormScope } from '../../forms/context';
import { useT } from '../../port/HostPort';
import type { NodeKind } from '../../registry/kinds';
import { focusFirst } from '../../ui/focusFirst';
import { isOccupied } from '../actions/useActions';
import { ConfigForm, type ConfigFormHandle } from '../config/ConfigForm';
import { useCanvas } from '../state/CanvasContext';

interface Props {
  kind: NodeKind;
  place: Place;
  onBack(): void;
  onAdd(options: { config: Record<string, unknown>; moveDownstreamTo: number | null }): void;
}

/** What a type asks before it is added, and where what follows goes when it opens branches. */
export function PresetStep({ kind, place, onBack, onAdd }: Props) {
  const scope = useCanvas();
  const t = useT();
  const form = useRef<ConfigFormHandle>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [initial] = useState(() => ({ ...kind.defaultConfig() }));
  const [config, setConfig] = useState<Record<string, unknown>>(initial);
  const [target, setTarget] = useState<number | null>(null);
  const branches = kind.branches(config);
  const asksTarget = branches.length > 0 && isOccupied(scope.document(), place);
  const formScope = useMemo<FormScope>(
    () => ({ document: scope.document(), registry: scope.registry(), readOnly: false, hideVariables: false }),
    [scope],
  );

  const add = async () => {
    const values = kind.preset ? await form.current?.submit() : initial;
    if (values) onAdd({ config: { ...initial, ...values }, moveDownstreamTo: asksTarget ? target : null });
  };

  useEffect(() => panel.current?.focus(), []);

  return (
    <div
      ref={panel}
      tabIndex={-1}
      style={{ padding: 12, overflow: 'auto', outline: 'none' }}
      onKeyDown={(event) => {
        const isChoice = event.target instanceof HTMLInputElement && event.target.type === 'radio';
        if (event.key !== 'Enter' || !(isChoice || event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        void add();
      }}
    >
      <Flex align="center" gap={8} style={{ marginBottom: 12 }}>
        <Button type="text" size="small" icon={<ArrowLeftOutlined />} aria-label={t('Back')} onClick={onBack} />
        <Typography.Text strong>{t('Add "{{title}}"', { title: kind.title })}</Typography.Text>
      </Flex>
      {kind.preset && (
        <FormScopeProvider value={formScope}>
          <ConfigForm ref={form} fieldset={kind.preset} initial={initial} onChange={setConfig} onReady={() => focusFirst(panel.current)} />
        </FormScopeProvider>
      )}
      {asksTarget && (
        <Form layout="vertical" component={false}>
          <Form.Item label={t('Move all downstream nodes to')}>
            <Radio.Group value={target} onChange={(event) => setTarget(event.target.value as number | null)}>
              <Space direction="vertical">
                <Radio value={null}>{t('After end of branches')}</Radio>
                {branches.map(({ index, label }) => (
                  <Radio key={index} value={index}>
                    {label ? t('Inside of "{{branchName}}" branch', { branchName: label }) : t('Inside of branch')}
                  </Radio>
                ))}
              </Space>
            </Radio.Group>
          </Form.Item>
        </Form>
      )}
      <Flex justify="end" gap={8}>
        <Button onClick={onBack}>{t('Cancel')}</Button>
        <Button type="primary" autoFocus={!kind.preset} onClick={() => void add()}>
          {t('Add')}
        </Button>
      </Flex>
    </div>
  );
}
