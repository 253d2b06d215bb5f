import { Form } from 'antd';

type Path = readonly (string | number)[];

/** Hook. Present value of a setting in the form around it, also where no field of the form shows it. */
export function useConfig<T>(...path: Path): T | undefined {
  const form = Form.useFormInstance();
  return Form.useWatch(['config', ...path], { form, preserve: true }) as T | undefined;
}

/** Name of a form item for a setting. */
export const named = (...path: Path): (string | number)[] => ['config', ...path];
