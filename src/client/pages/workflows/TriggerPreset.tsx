import { Card, Form, Spin } from 'antd';
import { Suspense, lazy, useCallback, useMemo, type ComponentType, type MutableRefObject } from 'react';
import { FormScopeProvider } from '../../forms/context';
import { useT } from '../../port/HostPort';
import type { Fieldset, KindRegistry, LegacyFieldsetProps } from '../../registry/kinds';
import { ErrorBoundary } from '../../ui/ErrorBoundary';

/** Gives the values of a form of the older kind, with those that it sets itself; rejects when a field is wrong. */
export type PresetSubmitter = Parameters<NonNullable<LegacyFieldsetProps['onSubmitter']>>[0];

interface TriggerPresetProps {
  type: string;
  registry: KindRegistry;
  /** where a form of the older kind leaves what submits it; other forms are part of the form around */
  submitter: MutableRefObject<PresetSubmitter>;
}

/** What the chosen trigger type wants to know at once; fields below `config` of the form around. */
export function TriggerPreset({ type, registry, submitter }: TriggerPresetProps) {
  const t = useT();
  const preset = registry.trigger(type)?.preset;
  const scope = useMemo(() => ({ registry, readOnly: false, hideVariables: true }), [registry]);
  // Above the suspended part: what a component remembers before its first paint is forgotten when it is suspended.
  const Fields = useMemo(() => {
    const own = registry.trigger(type)?.preset;
    return own?.kind === 'form' ? lazy(own.load) : null;
  }, [registry, type]);
  if (!preset) return null;
  return (
    <Card size="small" title={t('Trigger configuration')} style={{ marginBottom: 24 }}>
      <ErrorBoundary resetKey={type}>
        <Suspense fallback={<Spin />}>
          <FormScopeProvider value={scope}>
            <PresetFields key={type} preset={preset} Fields={Fields} submitter={submitter} />
          </FormScopeProvider>
        </Suspense>
      </ErrorBoundary>
    </Card>
  );
}

interface PresetFieldsProps {
  preset: Fieldset;
  Fields: ComponentType | null;
  submitter: TriggerPresetProps['submitter'];
}

function PresetFields({ preset, Fields, submitter }: PresetFieldsProps) {
  if (preset.kind === 'legacy') {
    return (
      // The form shows at its own fields what is wrong.
      <Form.Item name="config" noStyle validateTrigger={[]} rules={[{ validator: () => submitter.current?.() ?? Promise.resolve() }]}>
        <LegacyFields Component={preset.Component} submitter={submitter} />
      </Form.Item>
    );
  }
  return Fields && <Fields />;
}

interface LegacyFieldsProps {
  Component: Extract<Fieldset, { kind: 'legacy' }>['Component'];
  submitter: TriggerPresetProps['submitter'];
  value?: Record<string, unknown>;
  onChange?(value: Record<string, unknown>): void;
}

function LegacyFields({ Component, submitter, value = {}, onChange = () => undefined }: LegacyFieldsProps) {
  const onSubmitter = useCallback((submit: PresetSubmitter) => {
    submitter.current = submit;
  }, [submitter]);
  return <Component value={value} onChange={onChange} onSubmitter={onSubmitter} />;
}
