import { Alert } from 'antd';
import { useT } from '../../port/HostPort';
import { useFormScope } from '../context';
import { isSelective } from '../kinds/readable';
import { ExecuteRecord } from './ExecuteRecord';

/** `{ data }` */
export default function CollectionExecuteForm() {
  const t = useT();
  const hasCondition = isSelective(useFormScope()?.document?.trigger.config.condition);
  return (
    <>
      <ExecuteRecord />
      {hasCondition && <Alert type="info" showIcon message={t('The conditions of the trigger apply: a record that does not meet them starts nothing.')} />}
    </>
  );
}
