import type { Context } from '@nocobase/actions';
import { PLUGIN_NAME } from '../../common/constants';

/**
 * Refuses a request, in the language of whoever asks.
 *
 * @param text key of the locale files; the English text is the contract and equals the key
 * @param values for `{{…}}` in the text, put in as they are: an answer of the API is text, not HTML
 * @throws HttpError
 * @example return refuse(ctx, 404, 'Job not found');
 */
export function refuse(ctx: Context, status: 400 | 404 | 405 | 409, text: string, values: Record<string, string | number> = {}): never {
  return ctx.throw(status, ctx.t(text, { ns: PLUGIN_NAME, ...values, interpolation: { escapeValue: false } }));
}
