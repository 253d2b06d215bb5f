import { evaluators } from '@nocobase/evaluators';
import { describe, expect, test } from 'vitest';
import { checkExpression, evaluateExpression, hasEngine } from '..';

const createData = () => ({
  $context: {
    data: {
      n: 3,
      f: 0.1,
      t: 'text',
      z: null,
      yes: true,
      d: new Date('2026-01-02T03:04:05Z'),
      list: [1, 2, 3],
      o: { x: 1 },
      rows: [{ id: 1, tags: [{ id: 7 }] }, { id: 2, tags: [{ id: 8 }, { id: 9 }] }],
      'a-b': 4,
    },
  },
  now: () => 42,
});

function outcome(evaluate: () => unknown): unknown {
  try {
    return JSON.parse(JSON.stringify({ value: evaluate() }));
  } catch (error) {
    return `throws ${(error as Error).name}`;
  }
}

describe.each([
  [
    'math.js',
    [
      '1 + 1',
      ' {{$context.data.n}} * 2 ',
      '{{ $context.data.n }}+{{$context.data.n}}',
      '{{$context.data.f}} + 0.2',
      '1 / 3',
      '1 / 0',
      '0 / 0',
      '{{$context.data.missing}}',
      '{{$context.data.missing}} + 1',
      '{{missing.deep.path}}',
      '{{$context.data.z}}',
      '{{$context.data.t}}',
      '{{$context.data.yes}}',
      '{{$context.data.d}}',
      '{{$context.data.o}}',
      '{{$context.data.o}}.x',
      '{{$context.data.list}}',
      '{{$context.data.list}}[1]',
      'sum({{$context.data.list}})',
      'sum({{$context.data.rows.id}})',
      '{{$context.data.rows.tags.id}}',
      '{{$context.data.rows.0.id}}',
      '{{$context.data.a-b}}',
      '{{now}} + 1',
      '[1, 2; 3, 4]',
      '2 m to cm',
      'a = 3; a * 2',
      '1 == 1',
      '{{$context.data.n}} > 2',
      '"x{{$context.data.n}}"',
      'concat("a", {{$context.data.t}})',
      'f(x) = x ^ 2; f(3)',
      'sqrt(-4)',
      '{"a": 1}.a',
      'syntax error here (',
      'unknown(1)',
      '{{ not allowed }}',
      '',
    ],
  ],
  [
    'formula.js',
    [
      '1 + 1',
      'SUM({{$context.data.n}}, 2)',
      'SUM({{$context.data.list}})',
      'SUM({{$context.data.rows.tags.id}})',
      '{{$context.data.f}} + 0.2',
      '1 / 3',
      '1 / 0',
      '{{$context.data.missing}}',
      '{{$context.data.missing}} + 1',
      '{{$context.data.d}}',
      '{{$context.data.o}}',
      '{{$context.data.list}}[1]',
      '{{$context.data.rows}}.length',
      "CONCATENATE('a', {{$context.data.t}})",
      "'a{{$context.data.n}}'",
      "CONCATENATE('a', '{{$context.data.n}}')",
      'IF({{$context.data.n}} > 2, "big", "small")',
      '{{now}} * 2',
      '{{$context.data.n}} // comment',
      '{a: 1}',
      '({a: 1})',
      'var a = 1; a + 1',
      'if (true) { 5 }',
      '1) + (2',
      '1;',
      'function f() { return 1 }',
      'process',
      'require',
      'globalThis',
      'undeclared = 1',
      'syntax error here (',
      'unknown(1)',
      'Date.now()',
      '',
    ],
  ],
  [
    'string',
    [
      'plain',
      'a {{$context.data.n}} b {{$context.data.t}}',
      '{{$context.data.missing}}|{{$context.data.z}}|{{$context.data.yes}}',
      '{{$context.data.o}} {{$context.data.list}}',
      '{{now}}',
      '{{0}} {{this.x}} {{ not allowed }}',
      '  trimmed  ',
      '',
    ],
  ],
])('%s gives what the evaluator of the host gives', (engine, expressions) => {
  test.each(expressions)('%s', (expression) => {
    const expected = outcome(() => evaluators.get(engine)(expression, createData()));
    expect(outcome(() => evaluateExpression(engine, expression, createData()))).toEqual(expected);
    // the second time from the cache
    expect(outcome(() => evaluateExpression(engine, expression, createData()))).toEqual(expected);
  });
});

describe('safety', () => {
  test.each(['math.js', 'formula.js'])('%s: variables reach own members only', (engine) => {
    expect(evaluateExpression(engine, '{{$context.data.o.constructor}}', createData())).toBeNull();
    expect(evaluateExpression(engine, '{{$context.data.o.__proto__}}', createData())).toBeNull();
    expect(evaluateExpression(engine, '{{$context.toString}}', createData())).toBeNull();
  });

  test.each(
    ['math.js', 'formula.js'].flatMap((engine) =>
      [
        '{{$context.data.o}}.constructor',
        '{{$context.data.o}}["constructor"]',
        "{{$context.data.o}}['__proto__']",
        '{{$context.data.o}}.__proto__.x',
        '(1).constructor.prototype',
      ].map((expression) => [engine, expression] as const),
    ),
  )('%s refuses %s', (engine, expression) => {
    expect(() => evaluateExpression(engine, expression, createData())).toThrow(/not allowed in an expression/);
    expect(checkExpression(engine, expression)).toMatch(/not allowed in an expression/);
  });

  test.each([
    'Object.getPrototypeOf([])',
    'Reflect.getPrototypeOf([])',
    '[].c\\u006fnstructor',
    '`${[].constructor}`',
    '({ constructor: 1 })',
  ])('formula.js refuses %s', (expression) => {
    expect(() => evaluateExpression('formula.js', expression, {})).toThrow(/not allowed in an expression/);
  });

  test.each(['createUnit("inch", "2 cm", { override: true })', 'f = evaluate; f("1")', 'chain(1)["create" + "Unit"]', 'map([1], typed)'])(
    'math.js refuses %s',
    (expression) => {
      expect(() => evaluateExpression('math.js', expression, {})).toThrow(/not allowed in an expression/);
      expect(checkExpression('math.js', expression)).toMatch(/not allowed in an expression/);
    },
  );

  test('a member name put together at run time does not lead out of the sandbox', () => {
    expect(() =>
      evaluateExpression('formula.js', '[]["filter"]["const" + "ructor"]("return process")()', {}),
    ).toThrow();
  });

  test('the words are fine inside quotes and in data', () => {
    expect(evaluateExpression('formula.js', '"a constructor"', {})).toBe('a constructor');
    expect(evaluateExpression('string', 'a constructor', {})).toBe('a constructor');
  });

  test('an expression cannot change the data', () => {
    const data = createData();
    evaluateExpression('formula.js', '({{$context.data.o}}.x = 9)', data);
    evaluateExpression('math.js', '{{$context.data.o}}.x = 9', data);
    evaluateExpression('math.js', '{{$context.data.list}}[1] = 9', data);
    expect(data).toEqual({ ...createData(), now: data.now });
  });

  test('an expression leaves nothing behind for the next one', () => {
    expect(() => evaluateExpression('formula.js', '(this.left = 1)', {})).toThrow();
    expect(evaluateExpression('formula.js', 'typeof left', {})).toBe('undefined');
    evaluateExpression('math.js', 'left = 1', {});
    expect(() => evaluateExpression('math.js', 'left', {})).toThrow(/Undefined symbol left/);
  });

  test('data cannot become code', () => {
    const data = { x: '1 + 1', y: '{{z}}', z: 'secret' };
    expect(evaluateExpression('math.js', '{{x}}', data)).toBe('1 + 1');
    expect(evaluateExpression('formula.js', '{{x}}', data)).toBe('1 + 1');
    expect(evaluateExpression('string', '{{y}} {{x}}', data)).toBe('{{z}} 1 + 1');
  });
});

describe('engines of other plugins', () => {
  test('get the scope, but no path to prototypes', () => {
    evaluators.register('reverse', (expression: string, scope: any) =>
      [...expression, scope.$context.data.t].reverse().join(''),
    );
    expect(hasEngine('reverse')).toBe(true);
    expect(hasEngine('nope')).toBe(false);
    expect(hasEngine('constructor')).toBe(false);
    expect(evaluateExpression('reverse', 'abc', createData())).toBe('textcba');
    expect(() => evaluateExpression('reverse', '{{$context.constructor}}', createData())).toThrow(/not allowed/);
    expect(checkExpression('reverse', '((')).toBeNull();
  });
});

describe('checkExpression', () => {
  test.each([
    ['math.js', '1 +'],
    ['math.js', '{{a}} {{b}} ('],
    ['formula.js', 'SUM(1,'],
    ['formula.js', '1 + * 2'],
    ['formula.js', '1) + (2'],
  ])('%s: %s does not parse', (engine, expression) => {
    expect(checkExpression(engine, expression)).toEqual(expect.any(String));
  });

  test.each([
    ['math.js', '{{$context.data.n}} + 1'],
    ['formula.js', 'SUM({{a}}, {{b}})'],
    ['formula.js', '{a: 1}'],
    ['formula.js', 'undeclared'],
    ['string', '(('],
    ['unknown', '(('],
  ])('%s: %s parses', (engine, expression) => {
    expect(checkExpression(engine, expression)).toBeNull();
  });
});
