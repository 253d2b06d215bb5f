/** What is on the pictures, and how to get there by the pages themselves. */

export const WIDE = { width: 1440, height: 900 };
export const NARROW = { width: 390, height: 844 };
const SETTINGS = '/admin/settings/workflow';
const PAGE_TITLE = 'Shop';

const canvas = (page) => page.getByRole('tree').first();

/** Skeletons, spinners and drawers that still move. */
async function settle(page) {
  await page.locator('.ant-skeleton-active, .ant-spin-spinning').first().waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
}

/** Adds the classic page whose button is bound, with the designer of the host. */
export async function ensurePage(page, url) {
  await page.goto(`${url}/admin`);
  await page.getByTestId('ui-editor-button').waitFor();
  if (await page.locator(`a[aria-label="${PAGE_TITLE}"]`).count()) return;
  await page.getByTestId('ui-editor-button').click();
  await page.getByTestId('schema-initializer-Menu-header').hover();
  await page.getByRole('menuitem', { name: 'Classic page (v1)' }).click();
  await page.getByRole('dialog').getByRole('textbox').first().fill(PAGE_TITLE);
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.locator(`a[aria-label="${PAGE_TITLE}"]`).click();
  await page.waitForURL(/\/admin\/[^/]+/);
  await page.reload();
  const hover = (label) => page.getByLabel(label, { exact: true }).last().hover();
  const leave = async () => {
    await page.mouse.move(2, 400, { steps: 4 });
    await page.locator('.ant-dropdown:not(.ant-dropdown-hidden)').first().waitFor({ state: 'hidden' });
  };
  await hover('schema-initializer-Grid-page:addBlock');
  await page.getByRole('menuitem', { name: 'Form' }).first().hover();
  await page.getByRole('menuitem', { name: 'Orders', exact: true }).click();
  await leave();
  await hover('schema-initializer-Grid-form:configureFields-orders');
  for (const field of ['Product', 'Quantity']) await page.getByRole('menuitem', { name: field, exact: true }).click();
  await leave();
  await hover('schema-initializer-ActionBar-createForm:configureActions-orders');
  await page.getByRole('menuitem', { name: 'Submit', exact: true }).click();
  await leave();
  await openBinding(page);
  const dialog = page.getByRole('dialog').filter({ hasText: 'Add workflow' });
  await dialog.getByRole('button', { name: 'Add workflow' }).click();
  await dialog.getByRole('combobox', { name: 'Workflow 1', exact: true }).click({ force: true });
  await page.locator('.ant-select-item-option').filter({ hasText: 'Order: check' }).click();
  await dialog.getByRole('button', { name: 'Submit', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await setDesigner(page, false);
}

/** Turns the host's designer on or off; its frames and buttons belong on no picture but that of the dialog. */
async function setDesigner(page, isWanted) {
  const menu = page.getByTestId('schema-initializer-Menu-header');
  await page.getByTestId('ui-editor-button').waitFor();
  if (((await menu.count()) > 0) !== isWanted) await page.getByTestId('ui-editor-button').click();
  await menu.waitFor({ state: isWanted ? 'visible' : 'detached' });
}

async function openBinding(page) {
  await page.getByLabel('action-Action-Submit-submit-orders-form', { exact: true }).first().hover();
  await page.getByLabel('designer-schema-settings-Action-actionSettings:createSubmit-orders').first().hover();
  await page.getByRole('menuitem', { name: 'Bind workflows' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add workflow' }).waitFor();
}

export const SCENES = {
  list: {
    async open(page, url) {
      await page.goto(url + SETTINGS);
      await page.getByRole('link', { name: 'Express orders' }).waitFor();
      await page.getByText('25% failed').waitFor();
    },
    settle,
  },
  canvas: {
    async open(page, url, { draft }) {
      await page.goto(`${url}${SETTINGS}/workflows/${draft.id}`);
      await canvas(page).waitFor();
    },
    settle,
  },
  drawer: {
    async open(page, url, { draft }) {
      await page.goto(`${url}${SETTINGS}/workflows/${draft.id}`);
      await canvas(page).waitFor();
      await page.locator('.wf-card').filter({ hasText: 'Enough in stock?' }).first().locator('.workflow-node-meta').click();
      const drawer = page.locator('.ant-drawer-content-wrapper').filter({ visible: true }).last();
      await drawer.getByRole('button', { name: 'Save', exact: true }).waitFor();
    },
    settle,
  },
  run: {
    async open(page, url, { run }) {
      await page.goto(`${url}${SETTINGS}/executions/${run.id}`);
      const job = page.locator('.workflow-node-job-button').first().or(page.getByRole('button', { name: /Enough in stock/ }).first());
      await job.first().waitFor();
      if ((page.viewportSize()?.width ?? 0) < 768) return;
      await page.locator('.wf-card').filter({ hasText: 'Enough in stock?' }).locator('.workflow-node-job-button').click();
      await page.getByRole('group', { name: 'Result' }).waitFor();
    },
    settle,
  },
  executions: {
    async open(page, url) {
      await page.goto(`${url}${SETTINGS}/executions`);
      await page.getByText('Failed', { exact: true }).first().waitFor();
    },
    settle,
  },
  bind: {
    // The host has no designer on narrow screens; a window that becomes narrow closes it, and the dialog with it.
    wideOnly: true,
    async open(page, url) {
      await page.goto(`${url}/admin`);
      await page.locator(`a[aria-label="${PAGE_TITLE}"]`).click();
      await page.getByLabel('action-Action-Submit-submit-orders-form', { exact: true }).first().waitFor();
      await setDesigner(page, true);
      await openBinding(page);
      await page.getByRole('dialog').getByText('Order: check and deduct stock').first().waitFor();
    },
    settle,
    async leave(page) {
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await setDesigner(page, false);
    },
  },
};
