import { Alert } from 'antd';
import { useT } from '../../../port/HostPort';
import type { Refusal } from '../../../sync';

/** Above a form whose values the server did not take. */
export function RefusalNote({ refusals }: { refusals: readonly Refusal[] }) {
  const t = useT();
  if (refusals.length === 0) return null;
  return (
    <Alert
      type="error"
      showIcon
      style={{ marginBottom: 16 }}
      message={t('The server did not accept these values, they are not saved')}
      description={refusals.map(({ field, message }, index) => (
        <div key={index}>{field === undefined || message.includes(field) ? message : `${field}: ${message}`}</div>
      ))}
    />
  );
}
