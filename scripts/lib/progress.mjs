/** A failure that the person at the terminal can do something about; shown as one sentence, without a stack. */
export class UserError extends Error {
  /**
   * @param {string} message one sentence: what is wrong and what to do
   * @param {string} [details] output to show below it
   */
  constructor(message, details) {
    super(message);
    this.name = 'UserError';
    this.details = details;
  }
}

/**
 * Shows a line while `work` runs and how long it took.
 * @template T
 * @param {string} title
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const startedAt = Date.now();
  const seconds = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
  const live = process.stdout.isTTY;
  if (live) process.stdout.write(`  … ${title}`);
  const timer = live && setInterval(() => process.stdout.write(`\r  … ${title} ${seconds()}`), 1_000);
  const line = (mark) => process.stdout.write(`${live ? '\r\x1b[K' : ''}  ${mark} ${title} (${seconds()})\n`);
  try {
    const result = await work();
    line('✓');
    return result;
  } catch (error) {
    line('✗');
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** Runs a script; a UserError ends it with its sentence and exit code 1, anything else with its stack. */
export async function runScript(main) {
  try {
    await main();
  } catch (error) {
    if (error instanceof UserError) {
      if (error.details) console.error(`\n${error.details.trim()}`);
      console.error(`\n${error.message}`);
    } else {
      console.error(error);
    }
    process.exit(1);
  }
}
