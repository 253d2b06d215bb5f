import { createForm, onFormInputChange, onFormValuesChange, type Form } from '@formily/core';
import { FormLayout } from '@formily/antd-v5';
import { FormContext } from '@formily/react';
import { toJS } from '@formily/reactive';
import { SchemaComponent, zIndexContext } from '@nocobase/client';
import { withContracts, type LegacyFieldsetProps, type LegacyRenderer, type SchemaOptions } from '@nocobase/plugin-workflow/client-v2';
import { theme } from 'antd';
import { useEffect, useMemo, useRef } from 'react';

/** Fields of a schema mount within a few paints. */
const SETTLING_MS = 300;

const copyOf = (value: Record<string, unknown>): Record<string, unknown> => JSON.parse(JSON.stringify(toJS(value)));

interface Reports {
  /** somebody has filled in a field */
  input(values: Record<string, unknown>): unknown;
  /** the values are others now, whoever changed them */
  change(values: Record<string, unknown>): unknown;
}

/** A form with the values of a config. */
function makeForm(value: Record<string, unknown>, { input, change }: Reports): Form {
  return createForm({
    initialValues: copyOf(value),
    effects() {
      onFormInputChange(({ values }) => input(toJS(values)));
      onFormValuesChange(({ values }) => change(toJS(values)));
    },
  });
}

interface SchemaFormProps extends LegacyFieldsetProps, SchemaOptions {
  fields: Record<string, unknown>;
}

/** Fields of an extension in the older style, drawn by the host's schema components. */
function SchemaForm({ fields, scope, components, value, disabled, onChange, onSubmitter }: SchemaFormProps) {
  const { token } = theme.useToken();
  const latest = useRef(onChange);
  latest.current = onChange;
  const isSettled = useRef(false);
  // Formily owns the values from here on; what comes back from above is what it has just said.
  const form = useMemo(() => {
    const report = (values: Record<string, unknown>) => latest.current(values);
    return makeForm(value, {
      // Afterwards each input is a change, too.
      input: (values) => !isSettled.current && report(values),
      change: (values) => isSettled.current && report(values),
    });
  }, []);
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
    // Fields set their defaults while they mount. Nobody has changed anything by that; who is quick to fill in a field has.
    const timer = setTimeout(() => {
      isSettled.current = true;
    }, SETTLING_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    // Formily's own provider would hide the components that the host lends to schemas.
    <FormContext.Provider value={form}>
      <FormLayout layout="vertical">
        {/* The host counts its layers from the page. This form lies in a drawer, and what it opens has to lie above that. */}
        <zIndexContext.Provider value={token.zIndexPopupBase}>
          <SchemaComponent schema={schema} scope={scope} components={components} />
        </zIndexContext.Provider>
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
