import { Typography } from 'antd';
import { useT } from '../port/HostPort';

/** A key as code, with a button that copies it. */
export function KeyTag({ value }: { value: string }) {
  const t = useT();
  return (
    <Typography.Text code copyable={{ text: value, tooltips: [t('Copy key'), t('Copied')] }} style={{ whiteSpace: 'nowrap' }}>
      {value}
    </Typography.Text>
  );
}
