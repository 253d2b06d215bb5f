import { orderTemplate } from './orders';
import { reimbursementTemplate } from './reimbursement';
import type { Translate, WorkflowTemplate } from './types';

/** All templates, in the user's language. `npm start` seeds the same ones. */
export const workflowTemplates = (t: Translate): WorkflowTemplate[] => [orderTemplate(t), reimbursementTemplate(t)];
