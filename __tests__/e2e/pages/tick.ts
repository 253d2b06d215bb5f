import type { Locator } from 'playwright-core';
import { waitFor } from '../../helpers/waitFor';

const SWALLOWED_MS = 4_000;

/**
 * Ticks a radio button or a box and waits until it is. Forms of the host's older kind draw themselves anew while they open
 * and may lose a click, and they mark a box only after the click is over, which `check()` takes for a failure.
 */
export async function tick(box: Locator, on = true): Promise<void> {
  await waitFor(
    async () => {
      if ((await box.isChecked()) === on) return true;
      await box.click();
      await waitFor(async () => (await box.isChecked()) === on, { what: 'the mark', timeoutMs: SWALLOWED_MS });
      return true;
    },
    { what: `${box.toString()} to be ${on ? 'ticked' : 'clear'}`, timeoutMs: 30_000 },
  );
}
