import { createForm, onFormValuesChange, type Form } from '@formily/core';
import { FormLayout } from '@formily/antd-v5';
import { FormContext } from '@formily/react';
import { toJS } from '@formily/reactive';
import { SchemaComponent } from '@nocobase/client';
import { withContracts, type LegacyFieldsetProps, type LegacyRenderer, type SchemaOptions } from '@nocobase/plugin-workflow/client-v2';
import { useEffect, useMemo, useRef } from 'react';

/** Fields of a schema mount within a few paints. */
const SETTLING_MS = 300;

const copyOf = (value: Record<string, unknown>): Record<string, unknown> => JSON.parse(JSON.stringify(toJS(value)));

/** A form with the values of a config; `report` is told after each change. */
function makeForm(value: Record<string, unknown>, report: (values: Record<string, unknown>) => void): Form {
  return createForm({
    initialValues: copyOf(value),
    effects() {
      onFormValuesChange(({ values }) => report(toJS(values)));
    },
  });
}

interface SchemaFormProps extends LegacyFieldsetProps, SchemaOptions {
  fields: Record<string, unknown>;
}

/** Fields of an extension in the older style, drawn by the host's schema components. */
function SchemaForm({ fields, scope, components, value, disabled, onChange, onSubmitter }: SchemaFormProps) {
  const latest = useRef(onChange);
  latest.current = onChange;
  const isSettled = useRef(false);
  // Formily owns the values from here on; what comes back from above is what it has just said.
  const form = useMemo(() => makeForm(value, (values) => isSettled.current && latest.current(values)), []);
  const schema = useMemo(() => ({ type: 'void', properties: fields }), [fields]);
  useEffect(() => {
    form.setPattern(disabled ? 'disabled' : 'editable');
  }, [form, disabled]);
  useEffect(() => {
    onSubmitter?.(async () => {
      await form.validate();
      return copyOf(form.values);
    });
    return () => onSubmitter?.(undefined);
  }, [form, onSubmitter]);
  useEffect(() => {
    // Fields set their defaults while they mount; nobody has changed anything then.
    const timer = setTimeout(() => {
      isSettled.current = true;
    }, SETTLING_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    // Formily's own provider would hide the components that the host lends to schemas.
    <FormContext.Provider value={form}>
      <FormLayout layout="vertical">
        <SchemaComponent schema={schema} scope={scope} components={components} />
      </FormLayout>
    </FormContext.Provider>
  );
}

/** Makes the form of a schema, whose values are the config itself. */
export const legacyRenderer: LegacyRenderer = (fields, options) => {
  function LegacyFieldset(props: LegacyFieldsetProps) {
    return <SchemaForm {...props} {...options} fields={fields} />;
  }
  return withContracts(LegacyFieldset);
};
