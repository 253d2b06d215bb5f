import i18next from 'i18next';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PLUGIN_NAME } from '../../../common/constants';
import { createTranslator } from '../translator';

describe('createTranslator', () => {
  const i18n = i18next.createInstance();
  let t: ReturnType<typeof createTranslator>;

  beforeEach(async () => {
    await i18n.init({ lng: 'en-US', resources: { 'en-US': { [PLUGIN_NAME]: { Save: 'Save' }, client: { Cancel: 'Cancel' } } } });
    t = createTranslator(i18n);
  });

  it('looks a text up once', () => {
    const look = vi.spyOn(i18n, 't');
    expect([t('Save'), t('Save'), t('Cancel')]).toEqual(['Save', 'Save', 'Cancel']);
    expect(look).toHaveBeenCalledTimes(2);
  });

  it('puts values in, each time anew and unescaped', () => {
    expect([t('{{n}} runs', { n: 1 }), t('{{n}} runs', { n: '<2>' })]).toEqual(['1 runs', '<2> runs']);
  });

  it('follows the language, and texts that come later', async () => {
    expect(t('Save')).toBe('Save');
    i18n.addResourceBundle('fr-FR', PLUGIN_NAME, { Save: 'Enregistrer' });
    await i18n.changeLanguage('fr-FR');
    expect(t('Save')).toBe('Enregistrer');
    expect(t('Close: now')).toBe('Close: now');
    i18n.addResourceBundle('fr-FR', PLUGIN_NAME, { 'Close: now': 'Fermer' }, true, true);
    expect(t('Close: now')).toBe('Fermer');
  });
});
