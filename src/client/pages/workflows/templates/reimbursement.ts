import { chain, collectionDefinition, comparison, decimalField, manyToOneField, selectField, textField, updateTriggerRecord } from './definitions';
import type { Translate, WorkflowTemplate } from './types';

/** A request up to 500 is approved at once; a larger one is left for a person. */
export const reimbursementTemplate = (t: Translate): WorkflowTemplate => ({
  key: 'reimbursement',
  title: t('Reimbursement'),
  description: t('A submitted request of up to 500 is approved at once. A larger one is left for a supervisor to review.'),
  collections: [
    collectionDefinition('reimbursements', t('Reimbursements'), 'projectName', [
      textField('projectName', t('Project name')),
      manyToOneField('applicant', t('Applicant'), 'users', 'nickname'),
      decimalField('amount', t('Amount')),
      selectField('status', t('Status'), { approved: t('Approved'), processed: t('Processed') }),
    ]),
  ],
  type: 'action',
  sync: false,
  config: { collection: 'reimbursements', global: false, appends: ['applicant'] },
  nodes: chain([
    {
      key: 'large',
      type: 'condition',
      title: t('More than 500?'),
      config: { rejectOnFalse: false, engine: 'basic', calculation: comparison('{{$context.data.amount}}', 'gt', 500) },
      branches: {
        1: [{ key: 'review', type: 'end', title: t('Left for review'), config: { endStatus: 1 } }],
      },
    },
    { key: 'approve', type: 'update', title: t('Approve'), config: updateTriggerRecord('reimbursements', { status: 'approved' }) },
  ]),
  notes: [
    {
      id: 'review',
      at: 'review',
      text: t('Put a node here that asks a person, in place of the end, and the supervisor decides within the workflow.'),
    },
  ],
});
