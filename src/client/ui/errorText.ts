import { RequestRefused } from '../port/HostPort';

/** What went wrong, as one sentence for people; a refusal of the server names its field. */
export function errorText(error: unknown): string {
  if (error instanceof RequestRefused) {
    const named = error.field && !error.message.includes(error.field) ? `${error.field}: ` : '';
    return `${named}${error.message}`;
  }
  return error instanceof Error && error.message ? error.message : String(error);
}
