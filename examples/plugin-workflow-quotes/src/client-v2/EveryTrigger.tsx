import { Trigger } from '@nocobase/plugin-workflow/client-v2';
import { t } from './locale';

/** The browser half of the trigger `every`, for both clients. */
export class EveryTrigger extends Trigger {
  override title = t('At an interval');
  override description = t('Starts the workflow again and again.');
  override sync = false;
  override FieldsetLoader = () => import('./EveryForm').then(({ EveryForm }) => ({ default: EveryForm }));

  override createDefaultConfig() {
    return { everyMs: 60_000 };
  }

  override useVariables() {
    return [{ value: 'date', label: t('Time of the event') }];
  }
}
