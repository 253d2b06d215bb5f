import { Card, Form, Spin } from 'antd';
import { Suspense, lazy, useMemo, type ComponentType } from 'react';
import { FormScopeProvider } from '../../forms/context';
import { useT } from '../../port/HostPort';
import type { Fieldset, KindRegistry } from '../../registry/kinds';
import { ErrorBoundary } from '../../ui/ErrorBoundary';

/** What the chosen trigger type wants to know at once; fields below `config` of the form around. */
export function TriggerPreset({ type, registry }: { type: string; registry: KindRegistry }) {
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
            <PresetFields key={type} preset={preset} Fields={Fields} />
          </FormScopeProvider>
        </Suspense>
      </ErrorBoundary>
    </Card>
  );
}

function PresetFields({ preset, Fields }: { preset: Fieldset; Fields: ComponentType | null }) {
  if (preset.kind === 'legacy') {
    return (
      <Form.Item name="config" noStyle>
        <LegacyFields Component={preset.Component} />
      </Form.Item>
    );
  }
  return Fields && <Fields />;
}

interface LegacyFieldsProps {
  Component: Extract<Fieldset, { kind: 'legacy' }>['Component'];
  value?: Record<string, unknown>;
  onChange?(value: Record<string, unknown>): void;
}

function LegacyFields({ Component, value = {}, onChange = () => undefined }: LegacyFieldsProps) {
  return <Component value={value} onChange={onChange} />;
}
