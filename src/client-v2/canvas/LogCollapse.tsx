import { Collapse } from 'antd';
import { useT } from '../host/translation';

/** A log that opens on click; nothing when there is none. */
export function LogCollapse({ value }: { value?: string }) {
  const t = useT();
  if (!value) return null;
  return <Collapse ghost size="small" items={[{ key: 'log', label: t('Log'), children: <pre>{value}</pre> }]} />;
}
