import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Owners of this very process: it may hold several applications. Shared by all copies of this module. */
const KEY = Symbol.for('nocobase-plugin-workflow/owners');
const own = ((globalThis as Record<symbol, unknown>)[KEY] ??= new Set<string>()) as Set<string>;

/**
 * Names this process in leases: `<machine>/<pid>/<random>`. `machine` is only equal for processes that see the same
 * process numbers, so that another process of the same machine may look whether the holder of a lease still lives.
 */
export function createOwner(): string {
  const owner = `${machine()}/${process.pid}/${randomUUID().slice(0, 8)}`;
  own.add(owner);
  return owner;
}

/**
 * True when the owner was a process of this machine that is certainly gone: its leases need not run out.
 * An owner of another machine is never called dead; its lease decides.
 */
export function isDeadOwner(owner: string, self: string): boolean {
  const [place, pid] = owner.split('/');
  const [ownPlace, ownPid] = self.split('/');
  if (place !== ownPlace || !pid || own.has(owner)) {
    return false;
  }
  // the same number, but not one of ours: a process before this one had it
  return pid === ownPid || !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function machine(): string {
  const parts = [hostname()];
  try {
    parts.push(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim().slice(0, 8));
    parts.push(readlinkSync('/proc/self/ns/pid').replace(/\D/g, ''));
  } catch {
    // not Linux: the host name has to do
  }
  return parts.join('-').replaceAll('/', '-');
}
