/**
 * Loaded into the host process (`NODE_OPTIONS=--require`) before anything else: makes the engine's fault points deadly.
 * The file named by FAULT_FILE says where to die: `point side n`, e.g. `claim after 2`; each process dies by the first
 * line. With a fourth word, `stop`, it stands still instead, until it is woken up. The line is removed before, and the file with its last line, so that in the end a process lives.
 */
const { readFileSync, unlinkSync, writeFileSync } = require('node:fs');

const file = process.env.FAULT_FILE;
let passed = 0;
let armed = '';

function order() {
  try {
    return readFileSync(file, 'utf8').trim().split('\n')[0];
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
      const next = readFileSync(file, 'utf8').trim().split('\n').slice(1);
      if (next.length) writeFileSync(file, next.join('\n'));
      else unlinkSync(file);
      if (wanted.endsWith(' stop')) return process.kill(process.pid, 'SIGSTOP');
      process.kill(process.pid, 'SIGKILL');
      // The signal is on its way; not one more statement may reach the database.
      for (;;);
    },
  };
}
