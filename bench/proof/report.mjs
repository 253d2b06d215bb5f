import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { percentile } from '../lib/statistics.mjs';
import { number, seconds } from './format.mjs';
import { curves, nodes, recovery } from './scale.mjs';
import { speed } from './speed.mjs';

/** What the figures were taken on. */
export const machine = () => ({
  cpu: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
});

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

/** Cases of the whole matrix: the first pass of each point that a program passes, on both sides, on three databases. */
function planned() {
  const passes = JSON.parse(readFileSync(new URL('../../__tests__/crash/faults/passes.json', import.meta.url), 'utf8'));
  return Object.values(passes).flatMap(Object.keys).length * 2 * 3;
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
  const days = cases.map(({ at }) => at?.slice(0, 16).replace('T', ' ')).filter(Boolean).sort();
  return `## Death at every commit point

**${cases.filter(isGood).length} of ${cases.length} cases** hold; the matrix has ${number(planned())}. ${onMachine(part)} Of each case the latest result counts${days.length ? ` (${days[0]} to ${days.at(-1)} UTC)` : ''}.

Every write that the next process relies on is a named fault point (\`src/server/engine/faults.ts\`). A real host, with the plugins that the programs need, is killed with
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

/** Median, 99th percentile and the longest of some milliseconds. */
const spread = (values) =>
  values?.length ? `${seconds(percentile(values, 0.5))} / ${seconds(percentile(values, 0.99))} / ${seconds(Math.max(...values))} (${values.length})` : '–';

function soak(part) {
  const { seed, kills, blows = {}, refused, mail, afterKill, afterStop, requests, answered, failed, executions, ledgerRows, violations = [], drainedMs, left, minutes } = part;
  if (executions === undefined) return `## Soak\n\n**The soak did not come to its end.** Seed ${seed}. ${onMachine(part)}\n`;
  const rows = [
    ['requests', number(requests)],
    ['answered (the others broke off with their process or their database)', number(answered)],
    ['refused with 5xx while the database was away', number(failed ?? 0)],
    ['executions', number(executions)],
    ['effects in the ledger, each exactly once', number(ledgerRows)],
    ['processes killed with `SIGKILL`', number(kills)],
    ['processes stopped past their lease and woken up', number(blows.zombie ?? 0)],
    ['writes and renewals of those that were refused; none was applied', number(refused ?? 0)],
    ['processes whose event loop stood still for 40 s', number(blows.block ?? 0)],
    ['times that three connections were ended by the server', number(blows.terminate ?? 0)],
    ['restarts of PostgreSQL, half of them without a shutdown', number(blows.restart ?? 0)],
    ['messages between processes: delivered, of those delayed up to 30 s; doubled; lost', mail ? `${[mail.passed, mail.delayed].map(number).join(', ')}; ${number(mail.doubled)}; ${number(mail.dropped)}` : '–'],
    ['after a kill, until all runs of the dead process had another holder or had ended: median / p99 / longest (samples)', spread(afterKill)],
    ['the same after a stop, where the lease has to run out', spread(afterStop)],
    ['runs left when the blows stopped, and ended after', `${number(left)}, ${seconds(drainedMs)}`],
    ['minutes of blows', minutes],
  ];
  return `## Soak

**${number(kills)} kills, ${number(executions)} runs, ${violations.length} violations.** Seed ${seed}. ${onMachine(part)}

Three processes share one PostgreSQL. Eight clients post records that start workflows of five shapes (pure nodes; a counter that
is read, raised and written back; synchronous; waiting; six transactions in a row), while every 0.2 to 2 s, as long as a process is up, one is hurt; after ten blows they may catch up with the load that is planned. What the processes tell each other
goes through an event queue and a pub/sub that lose, double, delay and reorder. Afterwards the list that the clients kept is compared with the database.

| | |
| --- | ---: |
${rows.map(([what, value]) => `| ${what} | ${value} |`).join('\n')}
${violations.length ? `\nViolations:\n\n${violations.map((line) => `- ${line}`).join('\n')}\n` : ''}
Checked: every answered request has its record (I1), each record exactly one execution per workflow, all resolved (I1), every effect once (I2), no open job in an ended
execution (I3), one job per node and none without execution (I4), never two runs of one workflow at a time (I5), no lease and no order left (I6, I7), counters equal to
counts (I9), one enabled version per key (I10), results of pure nodes (I11), no token of a user in what is stored (I13). Not a part of it: children (I8; there is no node that starts one) and memory (I12; see below).

\`\`\`bash
PROOF_SEED=${seed} PROOF_KILLS=${kills} npm run proof -- soak
\`\`\`
`;
}

function doctor(part) {
  const { planted = [], found = [], clean = [] } = part;
  const list = [...new Set(planted.map(({ code }) => code))];
  return `## Doctor

**${number(found.length)} of ${number(planted.length)} planted corruptions found** (${list.length} kinds on ${[...new Set(planted.map(({ dialect }) => dialect))].join(', ')}), ${clean.every(({ findings }) => findings === 0) ? 'nothing' : '**something**'} on ${clean.length} clean databases. ${onMachine(part)}

${list.map((code) => `\`${code}\``).join(', ')}. Where a repair is safe it was carried out, and the next look found nothing.

\`\`\`bash
npm run proof -- doctor
\`\`\`
`;
}

function memory(part) {
  const { before, after, requests } = part;
  if (!after) return `## Memory\n\n**The check did not come to its end.** ${onMachine(part)}\n`;
  const grown = after.heapMb - before.heapMb;
  return `## Memory

**${grown <= 0 ? 'Nothing kept' : `${grown.toFixed(1)} MB more`} after ${number(requests)} requests** with the workflows of the soak, and as many connections and open
handles as before (I12: 20 MB at most): ${before.heapMb.toFixed(1)} MB of heap and ${before.connections} connections before, ${after.heapMb.toFixed(1)} MB and ${after.connections} when all runs had ended. ${onMachine(part)}

\`\`\`bash
npm run proof -- memory
\`\`\`
`;
}

const LOCKED = {
  claim: 'the lock under which work is claimed',
  databaseStep: "a node's row, its job and its execution",
  answer: 'a waiting job, with the answer that it just got',
};

function standstill(part) {
  const { cases } = part;
  return `## A process that stands still while it holds locks

**${part.passed ? `${cases.length} of ${cases.length}: the process beside it did all the work within ${seconds(Math.max(...cases.map(({ ms }) => ms)))}` : 'A violation was found'}**, while
the first one stood still (SIGSTOP); woken up, it doubled nothing. A machine that the network has lost looks the same. ${onMachine(part)}

| database | what it held | all done by another process after |
| --- | --- | ---: |
${cases.map(({ dialect, point, ms }) => `| ${dialect} | ${LOCKED[point] ?? point} | ${seconds(ms)} |`).join('\n')}

\`\`\`bash
npm run proof -- standstill
\`\`\`
`;
}

const measured = (write) => (part) => write({ ...part, onMachine: onMachine(part) });

const WRITERS = { programs, matrix, soak, memory, doctor, standstill, recovery: measured(recovery), speed: measured(speed), curves: measured(curves), nodes: measured(nodes) };

/** The page for people. @param summary results by part, as they were last taken */
export function report(summary) {
  const parts = Object.entries(WRITERS).filter(([name]) => summary[name]);
  return `# Proof

What happens to runs when processes die, measured. Written by \`npm run proof\` (minutes) and \`npm run proof:long\` (hours: 1,000 kills, every pass of
every fault point, 600,000 programs); figures of single cases are in [summary.json](summary.json). What is promised is in [failure semantics](../failure-semantics.md).

${parts.map(([name, write]) => write(summary[name])).join('\n')}`;
}
