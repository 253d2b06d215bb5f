import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Collapse, Form, Input, Space } from 'antd';
import { useState } from 'react';
import { useT } from '../../port/HostPort';
import { useFormScope } from '../context';
import { RadioWithTooltip } from '../inputs/optionGroups';
import { createUid, type BranchCondition } from '../kinds/condition';
import { ConditionFields } from '../shared/ConditionFields';
import { named, useConfig } from '../shared/useConfig';
import { hint } from '../shared/hint';

/** `{ conditions: [{ uid, title, engine, calculation | expression }], continueOnNoMatch }` */
export default function MultiConditionsForm() {
  const t = useT();
  const form = Form.useFormInstance();
  const scope = useFormScope();
  const conditions = useConfig<BranchCondition[]>('conditions') ?? [];
  const [open, setOpen] = useState<string[]>(() => {
    const initial = (form.getFieldValue(named('conditions')) ?? []) as BranchCondition[];
    return initial.slice(0, 1).map(({ uid }) => uid);
  });
  const set = (next: BranchCondition[]) => form.setFieldValue(named('conditions'), next);
  const remove = (uid: string) => set(conditions.filter((condition) => condition.uid !== uid));

  const titleOf = (condition: BranchCondition, at: number) => condition.title || t('Condition {{number}}', { number: at + 1 });
  const move = (at: number, to: number) => {
    const next = [...conditions];
    next.splice(to, 0, ...next.splice(at, 1));
    set(next);
  };

  return (
    <>
      <Form.Item
        name={named('conditions')}
        label={t('Conditions')}
        required
        tooltip={hint(t('Checked from the top. The branch of the first one that is met is taken.'))}
        rules={[
          {
            validator: async (_, list?: unknown[]) => {
              if (!list?.length) throw new Error(t('Add at least one condition'));
            },
          },
        ]}
        style={{ marginBottom: 0 }}
      >
        <Hidden />
      </Form.Item>
      <Collapse
        size="small"
        collapsible="header"
        activeKey={open}
        onChange={(keys) => setOpen([keys].flat().map(String))}
        style={{ marginBlock: '-24px 12px' }}
        items={conditions.map((condition, at) => ({
          key: condition.uid,
          forceRender: true,
          label: titleOf(condition, at),
          extra: (
            <Space.Compact size="small" onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()}>
              <Button type="text" aria-label={t('Move up')} disabled={scope?.readOnly || at === 0} icon={<ArrowUpOutlined />} onClick={() => move(at, at - 1)} />
              <Button
                type="text"
                aria-label={t('Move down')}
                disabled={scope?.readOnly || at === conditions.length - 1}
                icon={<ArrowDownOutlined />}
                onClick={() => move(at, at + 1)}
              />
              <Button
                type="text"
                aria-label={t('Remove the condition')}
                disabled={scope?.readOnly || conditions.length === 1}
                icon={<DeleteOutlined />}
                onClick={() => remove(condition.uid)}
              />
            </Space.Compact>
          ),
          children: (
            <>
              <Form.Item name={named('conditions', at, 'title')} label={t('Condition label')}>
                <Input placeholder={t('Condition {{number}}', { number: at + 1 })} maxLength={60} />
              </Form.Item>
              <ConditionFields path={['conditions', at]} />
            </>
          ),
        }))}
      />
      <Form.Item>
        <Button
          type="dashed"
          block
          icon={<PlusOutlined />}
          disabled={scope?.readOnly}
          onClick={() => {
            const uid = createUid();
            set([...conditions, { uid, engine: 'basic' }]);
            setOpen([uid]);
          }}
        >
          {t('Add condition')}
        </Button>
      </Form.Item>
      <Form.Item
        name={named('continueOnNoMatch')}
        label={t('When none of the conditions is met')}
        getValueProps={(value?: boolean) => ({ value: value ?? false })}
      >
        <RadioWithTooltip
          options={[
            { value: false, label: t('End as failed after the "Otherwise" branch') },
            { value: true, label: t('Continue after the "Otherwise" branch') },
          ]}
        />
      </Form.Item>
    </>
  );
}

/** Registers a value with the form that other fields edit. */
function Hidden() {
  return null;
}
