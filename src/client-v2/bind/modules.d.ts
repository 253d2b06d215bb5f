/** The parts of the host that binding uses beside those in ../host/modules.d.ts; declarations of one module are merged. */

declare module '@nocobase/client-v2' {
  import type { FlowModel } from '@nocobase/flow-engine';

  /** Submit buttons of forms, for new records and for present ones. */
  export class FormSubmitActionModel extends FlowModel {
    /** what the button's request carries in addition */
    setSaveRequestConfig(config?: { params?: Record<string, unknown> }): void;
  }

  /** Buttons that write fixed values into the record of their row, card or details block. */
  export class UpdateRecordActionModel extends FlowModel {
    setSaveRequestConfig(config?: { params?: Record<string, unknown> }): void;
  }
}
