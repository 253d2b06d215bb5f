import { describe, expect, test } from 'vitest';
import { buildScope, compileTemplate, resolveTemplate } from '..';

const date = new Date('2026-01-02T03:04:05.678Z');
const scope = {
  a: { n: 5, t: 'text', d: date, o: { x: 1 }, l: [1, 2], z: null, f: () => 'called', no: false, empty: '' },
  tricky: '{{a.n}} $& $1 "quoted"\n<b>',
};

describe('template facts', () => {
  test.each<[string, unknown, unknown]>([
    ['alone: number', '{{a.n}}', 5],
    ['alone: text', '{{a.t}}', 'text'],
    ['alone: inner spaces', '{{  a.n }}', 5],
    ['alone: date', '{{a.d}}', date],
    ['alone: object', '{{a.o}}', { x: 1 }],
    ['alone: array', '{{a.l}}', [1, 2]],
    ['alone: null', '{{a.z}}', null],
    ['alone: false', '{{a.no}}', false],
    ['alone: missing', '{{a.zz}}', undefined],
    ['alone: missing root', '{{b.c.d}}', undefined],
    ['alone: missing with default', '{{a.zz:9}}', '9'],
    ['alone: default not needed', '{{a.n:9}}', 5],
    ['alone: null is not missing', '{{a.z:9}}', null],
    ['alone: function is called', '{{a.f}}', 'called'],
    ['in text: number', 'n={{a.n}}', 'n=5'],
    ['in text: two', '{{a.n}}{{a.t}}', '5text'],
    ['in text: leading space', ' {{a.n}}', ' 5'],
    ['in text: missing', 'x{{a.zz}}y', 'xy'],
    ['in text: null', 'x{{a.z}}y', 'xy'],
    ['in text: date', 'at {{a.d}}', 'at 2026-01-02T03:04:05.678Z'],
    ['in text: object', 'o {{a.o}}', 'o [object Object]'],
    ['in text: array', 'l {{a.l}}', 'l 1,2'],
    ['in text: function', 'f {{a.f}}', 'f called'],
    ['in text: default', 'x {{a.zz:none}}', 'x none'],
    ['index', '{{a.l.1}}', 2],
    ['number', 7, 7],
    ['boolean', true, true],
    ['null', null, null],
    ['date', date, date],
    ['undefined', undefined, undefined],
    ['quotes are no expression', '{{t("x")}}', '{{t("x")}}'],
    ['unclosed', '{{a.n', '{{a.n'],
    ['empty', '{{}}', '{{}}'],
    ['object', { x: '{{a.n}}', y: ['{{a.t}}', { z: 'n{{a.n}}' }] }, { x: 5, y: ['text', { z: 'n5' }] }],
    ['keys', { 'k{{a.n}}': 1, '{{a.t}}': 2 }, { k5: 1, text: 2 }],
  ])('%s', (_title, template, expected) => {
    expect(resolveTemplate(template, scope)).toEqual(expected);
    expect(compileTemplate(template)(scope)).toEqual(expected);
  });

  test('a resolved value is never read as a template again (V7)', () => {
    expect(resolveTemplate('{{tricky}}', scope)).toBe(scope.tricky);
    expect(resolveTemplate('{{tricky}}|{{a.n}}', scope)).toBe(`${scope.tricky}|5`);
    expect(resolveTemplate({ a: '{{tricky}} {{a.t}}' }, scope)).toEqual({ a: `${scope.tricky} text` });
  });

  test('objects and arrays are built anew, a config changed between two calls is resolved as it is now', () => {
    const config = { list: [1], text: '{{a.n}}' };
    const first = resolveTemplate(config, scope) as typeof config;
    expect(first.list).not.toBe(config.list);
    config.text = '{{a.t}}';
    expect(resolveTemplate(config, scope)).toEqual({ list: [1], text: 'text' });
  });

  test('data whose members are named like methods still become text', () => {
    expect(resolveTemplate('x {{o}}', { o: { toString: 1, valueOf: 2 } })).toBe('x [object Object]');
    expect(resolveTemplate('x {{o}}', { o: [{ toString: 1 }, null, 2] })).toBe('x [object Object],,2');
  });
});

describe('lists', () => {
  const data = {
    posts: [
      { title: 'a', tags: [{ id: 1 }, { id: 2 }] },
      { title: 'b', tags: [] },
      { title: 'c', tags: [{ id: 3 }] },
    ],
    gaps: [{ x: 1 }, null, {}],
    nested: [[{ x: 1 }], [{ x: 2 }]],
  };

  test.each<[string, unknown]>([
    ['{{posts.title}}', ['a', 'b', 'c']],
    ['{{posts.tags.id}}', [1, 2, 3]],
    ['{{posts.0.tags.id}}', [1, 2]],
    ['{{posts.length}}', 3],
    ['{{posts.9.title}}', undefined],
    ['{{gaps.x}}', [1, undefined, undefined]],
    ['{{nested.x}}', [1, 2]],
    ['ids {{posts.tags.id}}', 'ids 1,2,3'],
  ])('%s maps and flattens (V1, V2)', (template, expected) => {
    const before = structuredClone(data);
    expect(resolveTemplate(template, data)).toEqual(expected);
    expect(data).toEqual(before);
    expect(Object.keys(data.posts)).toEqual(['0', '1', '2']);
  });
});

describe('own members only', () => {
  class Secret {
    own = 1;
    get inherited() {
      return 2;
    }
  }
  const data = {
    o: { x: 1 },
    list: [{ x: 1 }],
    text: 'abc',
    fn: Object.assign(() => 1, { member: 1 }),
    secret: new Secret(),
    posed: JSON.parse('{"__proto__": {"x": 1}, "constructor": {"name": "n"}, "prototype": 1}'),
  };

  test.each([
    '{{o.constructor}}',
    '{{o.constructor.constructor}}',
    '{{o.__proto__}}',
    '{{o.toString}}',
    '{{o.hasOwnProperty}}',
    '{{list.constructor}}',
    '{{list.__proto__}}',
    '{{text.constructor}}',
    '{{text.toUpperCase}}',
    '{{fn.member}}',
    '{{fn.prototype}}',
    '{{fn.constructor}}',
    '{{secret.inherited}}',
    '{{posed.__proto__.x}}',
    '{{posed.constructor.name}}',
    '{{posed.prototype}}',
    '{{constructor}}',
    '{{__proto__}}',
    '{{toString}}',
  ])('%s is undefined', (template) => {
    expect(resolveTemplate(template, data)).toBeUndefined();
  });

  test('methods of lists are looked for in the items', () => {
    expect(resolveTemplate('{{list.map}}', data)).toEqual([undefined]);
  });

  test('own members of instances and texts are reached', () => {
    expect(resolveTemplate('{{secret.own}}', data)).toBe(1);
    expect(resolveTemplate('{{text.length}}', data)).toBe(3);
  });

  test('keys cannot reach the prototype of the result', () => {
    const result = resolveTemplate({ '{{k}}': { polluted: true } }, { k: '__proto__' }) as object;
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
    expect('polluted' in result).toBe(false);
  });
});

describe('scope', () => {
  test('holds all groups, also under ctx, and binds functions', () => {
    const execution = { id: 1 } as never;
    const node = { id: 2, key: 'k' } as never;
    const scope = buildScope({
      context: { data: { id: 3 } },
      jobsByNodeKey: new Map([['n1', { result: { title: 'x' } }]]),
      systemFunctions: () => [
        [
          'whoami',
          function () {
            return `${this.execution?.id}/${this.node?.id}`;
          },
        ],
        ['range.today', () => 'today'],
        ['range.now', () => 'now'],
      ],
      scopes: () => ({ loop: { item: 7 } }),
      env: () => ({ TOKEN: 'abc' }),
      execution: () => execution,
      node,
    });
    const template = {
      a: '{{$context.data.id}}',
      b: '{{$jobsMapByNodeKey.n1.title}}',
      c: '{{$system.whoami}}',
      d: '{{$system.range.today}}-{{$system.range.now}}',
      e: '{{$scopes.loop.item}}',
      f: '{{$env.TOKEN}}',
      g: '{{ctx.$context.data.id}}',
      h: '{{ctx.$system.range.now}}',
    };
    expect(resolveTemplate(template, scope)).toEqual({
      a: 3,
      b: 'x',
      c: '1/2',
      d: 'today-now',
      e: 7,
      f: 'abc',
      g: 3,
      h: 'now',
    });
    expect(Object.keys(scope)).toEqual(['$context', '$jobsMapByNodeKey', '$system', '$scopes', '$env', 'ctx']);
  });

  test('every group can be replaced or added to', () => {
    const scope = buildScope({ context: 1, jobsByNodeKey: new Map(), systemFunctions: () => [] });
    const own = { $context: 2, $jobsMapByNodeKey: { a: 3 }, $system: { b: 4 }, $scopes: { c: 5 }, $env: { d: 6 } };
    Object.assign(scope, own, { currentUser: { id: 7 } });
    expect(
      resolveTemplate(
        ['{{$context}}', '{{$jobsMapByNodeKey.a}}', '{{$system.b}}', '{{$scopes.c}}', '{{$env.d}}', '{{currentUser.id}}', '{{ctx.$context}}'],
        scope,
      ),
    ).toEqual([2, 3, 4, 5, 6, 7, 1]);
    expect({ ...scope }).toMatchObject(own);
  });

  test('works without node, scopes and variables', () => {
    const scope = buildScope({ context: null, jobsByNodeKey: new Map(), systemFunctions: () => [] });
    expect(resolveTemplate(['{{$context.x}}', '{{$scopes.x}}', '{{$env.x}}'], scope)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('numbers, dates and ids keep their precision (V11)', () => {
    const scope = { id: '9007199254740993', n: 0.1, d: new Date(0) };
    expect(resolveTemplate(['{{id}}', '{{n}}', '{{d}}'], scope)).toEqual(['9007199254740993', 0.1, new Date(0)]);
  });
});
