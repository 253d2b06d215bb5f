import { useT } from '../../port/HostPort';
import { CollectionField } from '../shared/CollectionField';
import { FilterField } from '../shared/FilterField';
import { useLockedCollection } from '../shared/useLockedCollection';

/** `{ collection, params: { filter } }` */
export default function DestroyForm() {
  const t = useT();
  return (
    <>
      <CollectionField locked={useLockedCollection()} />
      <FilterField
        name={['params', 'filter']}
        label={t('Only delete records matching conditions')}
        required={t('Say which records: without a condition nothing is deleted')}
      />
    </>
  );
}
