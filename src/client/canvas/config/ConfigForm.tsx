import { Alert, Form, Skeleton, type FormInstance } from 'antd';
import { forwardRef, lazy, Suspense, useCallback, useEffect, useImperativeHandle, useRef, useState, type ComponentType } from 'react';
import { useT } from '../../port/HostPort';
import type { Fault, Fieldset, LegacyFieldsetProps } from '../../registry/kinds';
import { ErrorBoundary } from '../../ui/ErrorBoundary';

export type ConfigValues = Record<string, unknown>;

/** How the surface around a form reads it. */
export interface ConfigFormHandle {
  /** @returns the config; null when a field is wrong, which the form shows and focuses */
  submit(): Promise<ConfigValues | null>;
  /** as it stands, right or wrong */
  values(): ConfigValues;
}

interface Props {
  fieldset: Fieldset | undefined;
  initial: ConfigValues;
  readOnly?: boolean;
  /** where the values live: below `config` (drawers, presets), or the form itself (execute forms) */
  root?: 'config' | 'values';
  /** what checks say of the values; shown at their fields */
  check?(values: ConfigValues): readonly Fault[];
  onChange?(values: ConfigValues): void;
  /** the fields have been loaded and stand there */
  onReady?(): void;
}

const loaded = new WeakMap<object, ComponentType>();

/** The component of a fieldset; its loader is asked once. */
function componentOf(load: Extract<Fieldset, { kind: 'form' }>['load']): ComponentType {
  let component = loaded.get(load);
  if (!component) {
    component = lazy(load);
    loaded.set(load, component);
  }
  return component;
}

/** Edits the config of a node or trigger with whatever form its type brings. */
export const ConfigForm = forwardRef<ConfigFormHandle, Props>(function ConfigForm(props, handle) {
  const t = useT();
  const { fieldset } = props;
  if (!fieldset) return <NoFields ref={handle} text={t('There is nothing to configure')} initial={props.initial} />;
  return fieldset.kind === 'form' ? (
    <AntdForm {...props} ref={handle} load={fieldset.load} />
  ) : (
    <LegacyForm {...props} ref={handle} Component={fieldset.Component} />
  );
});

const NoFields = forwardRef<ConfigFormHandle, { text: string; initial: ConfigValues }>(function NoFields({ text, initial }, handle) {
  useImperativeHandle(handle, () => ({ submit: async () => initial, values: () => initial }), [initial]);
  return <Alert type="info" message={text} />;
});

const AntdForm = forwardRef<ConfigFormHandle, Props & { load: Extract<Fieldset, { kind: 'form' }>['load'] }>(function AntdForm(
  { load, initial, readOnly, root = 'config', check, onChange, onReady },
  handle,
) {
  const [form] = Form.useForm<ConfigValues>();
  const Fields = componentOf(load);
  const [initialValues] = useState(() => (root === 'config' ? { config: structuredClone(initial) } : structuredClone(initial)));

  const values = useCallback((): ConfigValues => {
    const all = form.getFieldsValue(true) as ConfigValues;
    return root === 'config' ? ((all.config as ConfigValues | undefined) ?? {}) : all;
  }, [form, root]);

  const showFaults = useCallback(() => {
    if (check && root === 'config') markFaults(form, check(values()));
  }, [form, check, root, values]);

  // whoever saves before the fields are there must not get around their rules
  const [mounted] = useState(deferred);
  const latest = useRef({ readOnly, showFaults, onReady });
  latest.current = { readOnly, showFaults, onReady };
  const onMounted = useCallback(() => {
    mounted.resolve();
    if (!latest.current.readOnly) latest.current.showFaults();
    latest.current.onReady?.();
  }, [mounted]);

  useImperativeHandle(
    handle,
    () => ({
      values,
      async submit() {
        await mounted.promise;
        try {
          await form.validateFields();
          return values();
        } catch (failure) {
          const [first] = (failure as { errorFields?: { name: (string | number)[] }[] }).errorFields ?? [];
          if (!first) return values();
          form.scrollToField(first.name, { block: 'center', focus: true });
          return null;
        }
      },
    }),
    [form, values, mounted],
  );

  return (
    <Form
      form={form}
      layout="vertical"
      disabled={readOnly}
      initialValues={initialValues}
      scrollToFirstError
      onValuesChange={() => {
        onChange?.(values());
        showFaults();
      }}
    >
      <ErrorBoundary>
        <Suspense fallback={<Skeleton active paragraph={{ rows: 4 }} />}>
          <Fields />
          <AfterMount act={onMounted} />
        </Suspense>
      </ErrorBoundary>
    </Form>
  );
});

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Acts once what stands before it has been loaded. */
function AfterMount({ act }: { act(): void }) {
  useEffect(() => act(), [act]);
  return null;
}

/** Puts each fault at its field; those of fields that are right again vanish. */
function markFaults(form: FormInstance, faults: readonly Fault[]): void {
  const fields = form.getFieldsError();
  const nameOf = (name: readonly (string | number)[]) => name.join('.');
  const byField = new Map<string, Fault[]>();
  for (const fault of faults) {
    if (fault.field === undefined) continue;
    const path = `config.${fault.field}`;
    byField.set(path, [...(byField.get(path) ?? []), fault]);
  }
  form.setFields(
    fields.map(({ name }) => {
      const own = byField.get(nameOf(name)) ?? [];
      return { name, warnings: own.map(({ message }) => message) };
    }),
  );
}

const LegacyForm = forwardRef<ConfigFormHandle, Props & { Component: ComponentType<LegacyFieldsetProps> }>(function LegacyForm(
  { Component, initial, readOnly, onChange, onReady },
  handle,
) {
  const [value, setValue] = useState<ConfigValues>(() => structuredClone(initial));
  const submitter = useRef<() => Promise<ConfigValues>>();
  const [onSubmitter] = useState(() => (submit: (() => Promise<ConfigValues>) | undefined) => {
    submitter.current = submit;
  });
  useImperativeHandle(
    handle,
    () => ({
      async submit() {
        try {
          return submitter.current ? await submitter.current() : value;
        } catch {
          // The form shows what is wrong, at its fields.
          return null;
        }
      },
      values: () => value,
    }),
    [value],
  );
  return (
    <ErrorBoundary>
      {onReady && <AfterMount act={onReady} />}
      <Component
        onSubmitter={onSubmitter}
        value={value}
        disabled={readOnly}
        onChange={(next) => {
          setValue(next);
          onChange?.(next);
        }}
      />
    </ErrorBoundary>
  );
});
