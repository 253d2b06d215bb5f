const MAX_STATUS = 2 ** 31 - 1;

/** @throws TypeError when what a node hands back is no job */
export function assertJob({ status }: { status?: unknown }, nodeId: string): void {
  if (!Number.isInteger(status) || Math.abs(status as number) > MAX_STATUS) {
    throw new TypeError(`node (#${nodeId}) gave no job: its status is no whole number but ${toText(status)}`);
  }
}

/** What was thrown, as a text; it may be anything. */
export function toText(value: unknown): string {
  try {
    return value instanceof Error ? value.message : String(value);
  } catch {
    return 'something that has no text';
  }
}
