import type { Application } from '@nocobase/server';
import { PLUGIN_NAME } from '../../common/constants';
import type { WorkflowPlugin } from '../contract';
import { CHECKS, examine, repair } from './examine';
import type { Finding } from './types';

interface Command {
  option(flags: string, description?: string): Command;
  preload?(): Command;
  action(run: (options: { repair?: boolean; json?: boolean }) => Promise<void>): Command;
}

/** The process of a command switches no triggers on. */
const ONLY_IN_SERVERS = ['trigger-not-listening'];

/** Adds `workflow:doctor [--repair] [--json]` to the host's command line; `npm run doctor` calls it. */
export function registerDoctorCommand(app: Application): void {
  const command = app.command('workflow:doctor') as unknown as Command;
  (command.preload?.() ?? command)
    .option('--repair', 'heal what is safe to heal')
    .option('--json', 'print the findings as JSON')
    .action(async (options) => {
      const plugin = app.pm.get(PLUGIN_NAME) as unknown as WorkflowPlugin;
      const codes = CHECKS.map(({ code }) => code).filter((code) => !ONLY_IN_SERVERS.includes(code));
      const findings = await examine(plugin, codes);
      const repairable = findings.filter((finding) => finding.repair !== null).map(({ code }) => code);
      const repaired = options.repair && repairable.length ? await repair(plugin, repairable) : [];
      const left = repaired.length ? await examine(plugin, codes) : findings;
      write(options.json ? JSON.stringify({ checked: codes.length, findings: left, repaired }, null, 2) : report(left, repaired, codes.length));
      process.exitCode = left.some(({ level }) => level === 'error') ? 1 : 0;
    });
}

function report(findings: Finding[], repaired: Finding[], checked: number): string {
  const line = ({ level, code, message, count, more, places, repair: remedy }: Finding) => {
    const examples = places.slice(0, 5).map(({ id, detail }) => (detail == null || String(detail) === String(id) ? id : `${id} (${detail})`));
    return [`${level === 'error' ? '✗' : '!'} ${code}, ${more ? 'more than ' : ''}${count}: ${message}`, `    ${examples.join(', ')}`, ...(remedy ? [`    Repair: ${remedy}`] : [])].join('\n');
  };
  return [
    ...repaired.map(({ code, count }) => `✓ ${code}: ${count} repaired`),
    ...findings.map(line),
    findings.length === 0 ? `${checked} invariants hold.` : `${findings.length} of ${checked} invariants do not hold.`,
  ].join('\n');
}

function write(text: string): void {
  process.stdout.write(`${text}\n`);
}
