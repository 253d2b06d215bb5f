import { useT } from '../../port/HostPort';
import { AppendsField } from '../shared/AppendsField';
import { CollectionField } from '../shared/CollectionField';
import { useLockedCollection } from '../shared/useLockedCollection';
import { ValuesField } from '../shared/ValuesField';

/** `{ collection, params: { values, appends } }` */
export default function CreateForm() {
  const t = useT();
  return (
    <>
      <CollectionField locked={useLockedCollection()} />
      <ValuesField tooltip={t('Fields that are not added here get their default values.')} />
      <AppendsField name={['params', 'appends']} label={t('Preload associations of the new record')} />
    </>
  );
}
