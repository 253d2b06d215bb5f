import { useT } from '../../port/HostPort';
import { Secondary } from '../../ui/Secondary';

const REFERENCES: Record<string, { title: string; url: string }> = {
  'math.js': { title: 'Math.js', url: 'https://mathjs.org/docs/expressions/syntax.html' },
  'formula.js': { title: 'Formula.js', url: 'https://formulajs.info/functions/' },
};

/** Whether an engine has a manual. */
export const hasReference = (engine?: string): boolean => engine !== undefined && engine in REFERENCES;

/** Link to the manual of an expression engine; nothing for engines without one. */
export function EngineReference({ engine }: { engine?: string }) {
  const t = useT();
  const reference = REFERENCES[engine ?? ''];
  return reference ? (
    <Secondary>
      {t('Syntax references: ')}
      <a href={reference.url} target="_blank" rel="noreferrer" style={{ textDecoration: 'underline' }}>
        {reference.title}
      </a>
    </Secondary>
  ) : null;
}
