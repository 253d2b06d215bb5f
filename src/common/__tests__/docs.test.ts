import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createActionHandlers } from '../../server/api/registerApi';
import type { InstructionKind, WorkflowPlugin } from '../../server/contract';
import { ENGINE_REASON } from '../../server/engine/reasons';
import { coreInstructions } from '../../server/nodes';
import { coreTriggers } from '../../server/triggers';
import type { SkipReason } from '../../server/triggers/action/report';
import { EXECUTION_REASON, EXECUTION_STATUS, JOB_STATUS } from '../status';

const ROOT = resolve(import.meta.dirname, '../../..');

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

function filesBelow(folder: string, suffix: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(suffix))
    .map((name) => join(folder, name));
}

/** The text under a heading, up to the next one of the same or a higher level. */
function section(page: string, heading: string): string {
  const [marks = ''] = /^#+/.exec(heading) ?? [];
  const [, rest = ''] = `\n${page}`.split(`\n${heading}\n`);
  return rest.split(new RegExp(`\n#{1,${marks.length}} `))[0] ?? '';
}

/** The first column of all tables, without code marks. */
function firstColumn(text: string): string[] {
  return [...text.matchAll(/^\| ([^|]+?) \|/gm)].map(([, cell = '']) => cell.replace(/[`[\]]|\(#.*\)/g, ''));
}

describe('docs/executions.md', () => {
  const page = read('docs/executions.md');

  it.each([
    ['## Statuses of an execution', EXECUTION_STATUS],
    ['## Statuses of a job', JOB_STATUS],
  ])('%s: every name with its number', (heading, statuses) => {
    const rows = Object.entries(statuses).map(([name, value]) => `| \`${name}\` | \`${value}\` |`);
    const text = section(page, heading);
    expect(rows.filter((row) => !text.includes(row))).toEqual([]);
  });

  it('every reason', () => {
    expect(firstColumn(page)).toEqual(expect.arrayContaining([...Object.values(EXECUTION_REASON), ...Object.values(ENGINE_REASON)]));
  });
});

describe('docs/nodes.md', () => {
  const page = read('docs/nodes.md');

  it.each(Object.keys(coreInstructions))('%s has a section and its kind', (type) => {
    const { kind } = new coreInstructions[type]!({} as WorkflowPlugin);
    const onMain: InstructionKind | undefined =
      typeof kind === 'function' ? kind({ config: { collection: 'posts' } } as never) : kind;
    expect(section(page, `## ${type}`)).not.toBe('');
    expect(page).toMatch(new RegExp(`^\\| \\[\`${type}\`\\]\\(#${type}\\) \\|.*\\| ${onMain} \\|$`, 'm'));
  });
});

it('docs/triggers.md names every trigger type', () => {
  expect(firstColumn(read('docs/triggers.md'))).toEqual(expect.arrayContaining([...Object.keys(coreTriggers), 'action']));
});

it('docs/post-action-trigger.md explains every reason why a workflow did not run', () => {
  const reasons: Record<SkipReason, true> = {
    not_found: true,
    disabled: true,
    wrong_type: true,
    collection_mismatch: true,
    association_not_found: true,
    association_to_many: true,
    association_empty: true,
    action_not_selected: true,
    nothing_written: true,
    refused: true,
    failed: true,
  };
  const text = section(read('docs/post-action-trigger.md'), '## The response');
  expect(firstColumn(text).filter((cell) => /^[a-z_]+$/.test(cell) && cell !== 'reason').sort()).toEqual(Object.keys(reasons).sort());
});

it('docs/http-api.md has a section for every action', () => {
  const plugin = { db: {}, app: {} } as unknown as WorkflowPlugin;
  const headings = [...read('docs/http-api.md').matchAll(/^### (.+)$/gm)].flatMap(([, heading = '']) =>
    [...heading.matchAll(/`([^`]+)`/g)].map(([, action]) => action),
  );
  expect(headings).toEqual(expect.arrayContaining(Object.keys(createActionHandlers(plugin))));
});

it('docs/options.md names every environment variable that the server reads', () => {
  const code = filesBelow('src/server', '.ts').filter((path) => !path.includes('__tests__')).map(read);
  const variables = code.flatMap((text) => [...text.matchAll(/\bprocess\.env\b(?:\.(\w+)|\['(\w+)'\])/g)].map(([, name, quoted]) => name ?? quoted));
  expect(variables).not.toEqual([]);
  expect(firstColumn(read('docs/options.md'))).toEqual(expect.arrayContaining(variables));
});

describe('links', () => {
  /** Anchors of the headings as GitHub makes them. */
  function anchorsOf(page: string): string[] {
    const headings = page.replace(/^```[^]*?^```/gm, '').matchAll(/^#+ (.+)$/gm);
    return [...headings].map(([, heading = '']) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));
  }

  function isBroken(from: string, link: string): boolean {
    const [path = '', anchor] = link.split('#');
    const target = path ? join(dirname(from), path) : from;
    return !existsSync(join(ROOT, target)) || (anchor !== undefined && !anchorsOf(read(target)).includes(anchor));
  }

  it.each(['README.md', ...filesBelow('docs', '.md')])('of %s resolve', (path) => {
    const text = read(path).replace(/^```[^]*?^```/gm, '');
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !/^[a-z]+:/.test(link) && isBroken(path, link))).toEqual([]);
  });

  it('lead from the README to every page', () => {
    const reached = new Set<string>();
    const open = ['README.md'];
    for (let path = open.pop(); path; path = open.pop()) {
      if (reached.has(path) || !path.endsWith('.md')) {
        continue;
      }
      reached.add(path);
      const from = path;
      open.push(...[...read(path).matchAll(/\]\(([^)#\s:]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => relative('.', join(dirname(from), link))));
    }
    expect(filesBelow('docs', '.md').filter((path) => !reached.has(path))).toEqual([]);
  });
});
