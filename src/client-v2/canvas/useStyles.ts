import { createStyles } from 'antd-style';

/**
 * Class names that branching nodes of extensions read. Our canvas draws branches, lines, cards and slots itself, so most
 * of them only mark what is theirs; what extensions put around their branches takes part in no layout.
 */
export const useStyles = createStyles(({ css, token }) => ({
  nodeSubtreeClass: css`
    display: flex;
    justify-content: center;
    align-items: center;
    gap: ${token.marginXS}px;
  `,
  // Branches announce themselves to the canvas and leave nothing here but their controllers' portals.
  branchBlockClass: css`
    display: contents;
  `,
  // A column that an extension draws beside its branches, such as the way back of a loop: the canvas has its own.
  branchClass: css`
    display: none;
  `,
  loopLineClass: css`
    color: ${token.colorTextTertiary};
  `,
  conditionClass: css`
    color: ${token.colorTextSecondary};
  `,
  terminalClass: css`
    color: ${token.colorTextSecondary};
  `,
  workflowPageClass: 'workflow-page',
  dropdownClass: 'workflow-dropdown',
  workflowVersionDropdownClass: 'workflow-version-dropdown',
  executionsDropdownRowClass: 'workflow-executions-dropdown-row',
  workflowDetailsDescriptionClass: 'workflow-details-description',
  nodeBlockClass: 'workflow-node-block',
  nodeClass: 'workflow-node',
  nodeCardClass: 'workflow-node-card',
  nodeJobButtonClass: 'workflow-node-job-button',
  nodeHeaderClass: 'workflow-node-header',
  nodeMetaClass: 'workflow-node-meta',
  nodeTitleClass: 'workflow-node-title',
  nodeJobResultClass: 'workflow-node-job-result',
  addButtonClass: 'workflow-add-node-button',
  dropZoneClass: 'workflow-drop-zone',
  pasteButtonClass: 'workflow-paste-button',
  dragPreviewClass: 'workflow-drag-preview',
  clipboardPreviewClass: 'workflow-clipboard-preview',
}));
