import { Cascader, type CascaderProps } from 'antd';
import { useMemo } from 'react';
import { usePort } from '../../port/HostPort';
import { useFormScope } from '../context';
import { joinName, splitName } from '../shared/collections';

interface Option {
  value: string;
  label: string;
  children?: Option[];
}

export interface CollectionCascaderProps extends Omit<CascaderProps<Option>, 'value' | 'onChange' | 'options' | 'multiple'> {
  /** `orders`, or `other:orders` for another data source */
  value?: string | null;
  onChange?(value: string | null): void;
}

/** Chooses a collection by data source. */
export function CollectionCascader({ value, onChange, disabled, ...props }: CollectionCascaderProps) {
  const { collections, t } = usePort();
  const readOnly = useFormScope()?.readOnly;
  const options = useMemo(
    () =>
      collections.dataSources().map(
        (source): Option => ({
          value: source.key,
          label: source.title,
          children: source.collections.map(({ name, title }) => ({ value: name, label: title })),
        }),
      ),
    [collections],
  );
  const info = value ? collections.find(value) : undefined;
  return (
    <Cascader
      {...props}
      allowClear={false}
      disabled={disabled ?? readOnly}
      options={options}
      status={value && !info ? 'error' : undefined}
      placeholder={t('Choose a collection')}
      showSearch={{ filter: (text, path) => path.some(({ label, value: name }) => `${label} ${name}`.toLowerCase().includes(text.toLowerCase())) }}
      value={value ? splitName(value) : undefined}
      displayRender={(labels) => (options.length > 1 ? labels.join(' / ') : labels.at(-1))}
      onChange={(path) => {
        const [source, name] = path ?? [];
        onChange?.(source && name ? joinName(source, name) : null);
      }}
    />
  );
}
