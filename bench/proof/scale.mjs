/** Sections of the report about growth, about several processes, and about how soon another one goes on. */
import { number, seconds } from './format.mjs';

const UNITS = {
  requestMs: 'median of the request, ms',
  runMs: 'from commit to end, ms',
  peakMb: 'growth of the process meanwhile, MB',
  rssMb: 'memory of the process, MB',
  longestMs: 'longest transaction, ms',
  deleted: 'executions deleted meanwhile',
  liveLost: 'live executions lost',
};

function curve({ unit, cost, shape, expected, cases, load }) {
  const columns = Object.keys(UNITS).filter((key) => cases.some((one) => one[key] !== undefined));
  const rows = cases.map((one) => `| ${number(one.size)} | ${columns.map((key) => number(one[key])).join(' | ')} |`);
  return `### By ${unit}

**${shape}** in "${UNITS[cost]}"; ${expected} is what is wanted. Load of the machine at the end: ${load}.

| ${unit} | ${columns.map((key) => UNITS[key]).join(' | ')} |
| ---: |${columns.map(() => ' ---: |').join('')}
${rows.join('\n')}
`;
}

export function curves({ curves: measured, onMachine }) {
  if (!measured) return '## How cost grows\n\n**Could not be measured.**\n';
  return `## How cost grows

${onMachine} PostgreSQL on the same machine, one process, one client; five calculations in each execution. *Flat*: the largest case costs
at most 1.5 times the smallest. *Linear*: from the last case but one to the last, cost grows at most 1.5 times as much as size.

${Object.values(measured).map(curve).join('\n')}
\`\`\`bash
npm run proof -- curves
\`\`\`
`;
}

/** Control groups cannot be written everywhere. */
const PAIRED = `The first of each pair has all that the machine has: two workers and the database fill its cores, and that is what limits it. The second has
0.4 of a core for each worker, so that cores are not what limits: it says how two processes share the work.
A backlog is stored first and released at one instant, with its workflows enabled all along.
`;

export function nodes({ onMachine, figures }) {
  if (!figures) return '## Two processes\n\n**Could not be measured.**\n';
  const isPaired = Object.keys(figures).some((name) => name.endsWith('of a core each'));
  const rows = Object.entries(figures).map(
    ([name, { one, two, ratio, coresOne, coresTwo, waitP50, waitP95, failed, lost }]) =>
      `| ${[name, ...[one, two].map(number), `${ratio}×`, ...[coresOne, coresTwo, waitP50, waitP95, failed, lost].map(number)].join(' | ')} |`,
  );
  return `## Two processes

${onMachine} Workers on one PostgreSQL, all on the same machine, one and two in turn, medians. *Backlog*: executions of many workflows, released at
one instant; outside: each run waits 50 ms for somebody else. *Requests*: sent by eight clients to a third process that only answers requests.

${isPaired ? PAIRED : ''}*Cores at work* are those of the whole machine, database and clients included.

| | one, runs/s | two, runs/s | | cores at work with one | with two | waits for a worker, median ms | p95 ms | failed | lost |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}

\`\`\`bash
npm run proof -- nodes
\`\`\`
`;
}

const BLOWS = {
  other: 'killed; a process beside it goes on',
  lease: 'stands still; a process beside it goes on when the lease of 8 s has run out',
  own: 'killed; started again, counted from its first answer',
};

export function recovery({ onMachine, figures }) {
  if (!figures?.own) return '## How soon a run goes on\n\n**Could not be measured.**\n';
  const rows = Object.entries(BLOWS).map(([name, what]) => {
    const { runs, p50, p99, longest, load } = figures[name];
    return `| ${[what, number(runs), seconds(p50), seconds(p99), seconds(longest), load].join(' | ')} |`;
  });
  const wrong = figures.unresolved + figures.answeredWithoutRecord + figures.recordsWithoutOneRun + figures.runsWithoutTwoRows;
  return `## How soon a run goes on

${onMachine} One or two processes on PostgreSQL, four clients, ${number(figures.blows)} blows of each kind. Each run writes a row, waits 300 ms for an
HTTP answer, and writes another row.

| the process that held the run is | runs | median | p99 | longest | load |
| --- | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}

Of ${number(figures.runs)} runs in all, ${wrong === 0 ? 'every one was resolved, and wrote its two rows once' : `**${number(wrong)} are not as they should be**`}. Processes that woke up after their runs
had another holder were refused ${number(figures.refused)} writes or renewals.

\`\`\`bash
npm run proof -- recovery
\`\`\`
`;
}
