import { cpus, totalmem } from 'node:os';

/** What the figures were taken on. */
export const machine = () => ({
  cpu: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
});

const percentile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
};

const number = (value) => Number(value).toLocaleString('en-US');
const seconds = (ms) => (ms === undefined ? '–' : `${(ms / 1000).toFixed(1)} s`);
const onMachine = ({ at, machine: { cpu, memoryGb, node }, minutes }) =>
  `${at.slice(0, 10)}, ${minutes} min on ${cpu}, ${memoryGb} GB, Node.js ${node}.`;

const isGood = ({ died, violations }) => died && violations.length === 0;

function programs(part) {
  const { perProperty, properties, seed, passed } = part;
  return `## Random programs

${passed ? `${number(perProperty * properties)} programs, no difference.` : '**A difference was found.**'} Seed ${seed}. ${onMachine(part)}

Programs of nested conditions, loops, parallel branches, waits, failures and ends are executed by the engine while its process dies up
to four times around any write and any call of a node, and are cancelled at rest or after a kill. What is stored must be what a small interpreter says, which
knows neither storage nor leases nor recovery (\`src/server/engine/__tests__/programs/reference.ts\`): every job with its result, every
row written, every outside effect once by its key. Programs that failed once are kept in \`regressions.ts\` beside it.

\`\`\`bash
PROOF_SEED=${seed} npm run proof -- programs
\`\`\`
`;
}

function matrix(part) {
  const { cases } = part;
  const dialects = [...new Set(cases.map(({ dialect }) => dialect))];
  const shapes = [...new Set(cases.map(({ shape }) => shape))];
  const points = [...new Set(cases.map(({ fault }) => fault.point))];
  const cell = (isIn) => {
    const all = cases.filter(isIn);
    return all.length ? `${all.filter(isGood).length}/${all.length}` : '–';
  };
  const table = (title, rows, of) =>
    [
      `| ${title} | ${dialects.join(' | ')} |`,
      `| --- |${dialects.map(() => ' ---: |').join('')}`,
      ...rows.map((row) => `| ${row} | ${dialects.map((dialect) => cell((one) => one.dialect === dialect && of(one) === row)).join(' | ')} |`),
    ].join('\n');
  const times = cases.map(({ recoveredMs }) => recoveredMs).filter((ms) => ms !== undefined);
  const bad = cases.filter((one) => !isGood(one));
  return `## Death at every commit point

**${cases.filter(isGood).length} of ${cases.length} cases** hold. ${onMachine(part)}

Every write that the next process relies on is a named fault point (\`src/server/engine/faults.ts\`). A real host with the full preset is killed with
\`SIGKILL\`, by itself, just before the write or just after its commit; then it is started again and the run has to come to its end: one execution for each stored record, one
ledger row for each step, the expected jobs, no job left open, each outside request under one idempotency key.

${table('Fault point', points, ({ fault }) => fault.point)}

${table('Program', shapes, ({ shape }) => shape)}

From the moment the new process answers until the run has ended or rests: median ${seconds(percentile(times, 0.5))}, p99 ${seconds(percentile(times, 0.99))}, longest ${seconds(Math.max(...times))}.
${bad.length ? `\nNot held:\n\n${bad.map(({ dialect, shape, fault, died, violations }) => `- ${dialect}, ${shape}, ${fault.side} ${fault.point} ${fault.n}: ${died ? violations.join('; ') : 'nobody died'}`).join('\n')}\n` : ''}
\`\`\`bash
npm run proof -- matrix
\`\`\`
`;
}

function soak(part) {
  const { seed, kills, zombies, requests, answered, executions, ledgerRows, violations = [], drainedMs, left, minutes } = part;
  if (executions === undefined) return `## Soak\n\n**The soak did not come to its end.** Seed ${seed}. ${onMachine(part)}\n`;
  return `## Soak

**${number(kills)} kills, ${number(executions)} runs, ${violations.length} violations.** Seed ${seed}. ${onMachine(part)}

Three processes share one PostgreSQL with nothing but the database between them. Eight clients post records that start workflows of five shapes (pure nodes; a counter that
is read, raised and written back; synchronous; waiting; six transactions in a row), while a process is chosen every 0.2 to 2 s and killed with \`SIGKILL\`, or in one of
ten cases stopped for longer than its lease and woken up (${number(zombies)} times). Afterwards the list that the clients kept is compared with the database.

| | |
| --- | ---: |
| requests | ${number(requests)} |
| answered (the others broke off with their process) | ${number(answered)} |
| executions | ${number(executions)} |
| effects in the ledger, each exactly once | ${number(ledgerRows)} |
| runs left when the kills stopped, and ended after | ${number(left)}, ${seconds(drainedMs)} |
| minutes of kills | ${minutes} |
${violations.length ? `\nViolations:\n\n${violations.map((line) => `- ${line}`).join('\n')}\n` : ''}
Checked: every answered request has its record (I1), each record exactly one execution per workflow, all resolved (I1), every effect once (I2), no open job in an ended
execution (I3), one job per node and none without execution (I4), never two runs of one workflow at a time (I5), no lease and no order left (I6, I7), counters equal to
counts (I9), one enabled version per key (I10).

\`\`\`bash
PROOF_SEED=${seed} npm run proof -- soak
\`\`\`
`;
}

const WRITERS = { programs, matrix, soak };

/** The page for people. @param summary results by part, as they were last taken */
export function report(summary) {
  const parts = Object.entries(WRITERS).filter(([name]) => summary[name]);
  return `# Proof

What happens to runs when processes die, measured. Written by \`npm run proof\` (minutes) and \`npm run proof:long\` (hours: 1,000 kills, every pass of
every fault point, 600,000 programs); figures of single cases are in [summary.json](summary.json). What is promised is in [failure semantics](../failure-semantics.md).

${parts.map(([name, write]) => write(summary[name])).join('\n')}`;
}
