/** Section of the report about speed: the stock plugin and this one, driven in turn by the same requests. */
import { number } from './format.mjs';

const NAMES = {
  plain: 'nothing',
  sync1: 'synchronous, one node',
  sync5: 'synchronous, five nodes',
  sync20: 'synchronous, twenty nodes',
  async1: 'asynchronous, one node',
  async5: 'asynchronous, five nodes',
  async20: 'asynchronous, twenty nodes',
  asyncData: 'asynchronous: condition, query, update, create',
  fan5: 'twenty asynchronous ones of five nodes',
  fanData: 'five asynchronous ones: condition, query, update, create',
};

const times = (value) => `${value.toFixed(2)}×`;
const range = ({ over, overLow, overHigh }) => (overLow === overHigh ? times(over) : `${times(over)} (${overLow.toFixed(2)}–${overHigh.toFixed(2)})`);
const rate = (value) => (value == null ? '–' : number(Math.round(value)));
const faster = ({ ours, stock }) => (ours?.perSecond && stock?.perSecond ? ours.perSecond / stock.perSecond : null);

/** What this project asks of itself, on PostgreSQL. */
const AIMS = [
  ['executions per second of five nodes, as a multiple of stock', 'at least 10×', ({ fan5 }) => fan5 && faster(fan5), (seen) => seen >= 10, times],
  ['the same, per second', 'at least 500', ({ fan5 }) => fan5?.ours?.perSecond, (seen) => seen >= 500, rate],
  ['executions per second of condition, query, update and create, as a multiple of stock', 'at least 8×', ({ fanData }) => fanData && faster(fanData), (seen) => seen >= 8, times],
  ['request with a synchronous workflow of five nodes, as a multiple of the plain one', 'at most 1.25×', ({ sync5 }) => sync5?.ours?.over, (seen) => seen <= 1.25, times],
  ['request with an asynchronous workflow of five nodes, as a multiple of the plain one', 'at most 1.1×', ({ async5 }) => async5?.ours?.over, (seen) => seen <= 1.1, times],
  ['request with a synchronous workflow of twenty nodes, as a multiple of that with one', 'at most 1.5×', ({ sync1, sync20 }) => sync1?.ours && sync20?.ours && sync20.ours.over / sync1.ours.over, (seen) => seen <= 1.5, times],
];

function aims(rows) {
  const byName = Object.fromEntries(rows.map((row) => [row.name, row]));
  return AIMS.map(([what, aim, of, isReached, text]) => {
    const seen = of(byName);
    return `| ${what} | ${aim} | ${seen == null ? '–' : text(seen)} | ${seen == null ? '**not measured**' : isReached(seen) ? 'yes' : '**no**'} |`;
  });
}

const cells = (figures) => (figures ? [number(Number(figures.medianMs.toFixed(1))), range(figures), rate(figures.perSecond), number(figures.failed + figures.lost)] : ['–', '–', '–', '–']);

function table(dialect, rows, { count, clients, rounds }) {
  const hasStock = rows.some(({ stock }) => stock);
  const columns = (label) => [`${label}: request, ms`, '× the plain one', 'executions/s', 'failed or lost'];
  const head = ['a request starts', ...(hasStock ? columns('stock') : []), ...columns('ours'), ...(hasStock ? ['executions/s, ours to stock'] : [])];
  const lines = rows.map((row) => {
    const ratio = faster(row);
    return [NAMES[row.name] ?? row.name, ...(hasStock ? cells(row.stock) : []), ...cells(row.ours), ...(hasStock ? [ratio ? times(ratio) : '–'] : [])];
  });
  return `### ${dialect}

Up to ${number(count)} requests of ${clients} clients (fewer where each starts many executions), medians of ${rounds} rounds; in brackets the lowest and the
highest round. What failed or was lost is that of all rounds.

| ${head.join(' | ')} |
| --- |${head.slice(1).map(() => ' ---: |').join('')}
${lines.map((line) => `| ${line.join(' | ')} |`).join('\n')}
`;
}

export function speed({ onMachine, figures }) {
  if (!figures?.postgres) return '## Speed\n\n**Could not be measured.**\n';
  return `## Speed

${onMachine} On PostgreSQL stock and this plugin in turn, on SQLite this plugin alone (stock's database locks itself), each round right after plain requests of the same host; host, database and clients share the machine.
Executions per second count from the first request to the end of the last execution.

| aim, on PostgreSQL | | seen | reached |
| --- | --- | ---: | --- |
${aims(figures.postgres.rows).join('\n')}

${Object.entries(figures).map(([dialect, { rows, load }]) => table(dialect, rows, load)).join('\n')}
\`\`\`bash
npm run proof -- speed
\`\`\`
`;
}
