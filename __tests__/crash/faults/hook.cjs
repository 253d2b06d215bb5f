/**
 * Loaded into the host process (`NODE_OPTIONS=--require`) before anything else: makes the engine's fault points deadly.
 * The file named by FAULT_FILE says where to die: `point side n`, e.g. `claim after 2`. It is removed before the
 * process dies, so that the next process lives.
 */
const { readFileSync, unlinkSync } = require('node:fs');

const file = process.env.FAULT_FILE;
let passed = 0;
let armed = '';

function order() {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

if (file) {
  globalThis[Symbol.for('@nocobase/plugin-workflow:faults')] = {
    pass(point, side) {
      const wanted = order();
      if (wanted !== armed) {
        armed = wanted;
        passed = 0;
      }
      if (!wanted.startsWith(`${point} ${side} `)) return;
      passed += 1;
      if (passed < Number(wanted.split(' ')[2])) return;
      unlinkSync(file);
      process.kill(process.pid, 'SIGKILL');
      // The signal is on its way; not one more statement may reach the database.
      for (;;);
    },
  };
}
