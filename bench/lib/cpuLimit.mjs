import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';

/** Short, so that a process that has used up its part does not stand still for long with a lock in its hands. */
const PERIOD_US = 10_000;
/** Of the first version of control groups, where there is one, else of the second. */
const V1 = '/sys/fs/cgroup/cpu';
const isV1 = existsSync(`${V1}/cpu.cfs_quota_us`);
const GROUPS = isV1 ? V1 : '/sys/fs/cgroup';

/**
 * Allows a process no more than a part of a core, through a control group of its own. With that, two processes and their
 * database find room on one machine, and what one of them carries is what a machine of its own would.
 * @param {number} cores e.g. 0.4
 * @returns {() => void} to be called when the process has ended
 * @throws where control groups cannot be written
 */
export function limitCpu(pid, cores) {
  const group = `${GROUPS}/workflow-bench-${pid}`;
  const quota = Math.round(cores * PERIOD_US);
  mkdirSync(group, { recursive: true });
  if (isV1) {
    writeFileSync(`${group}/cpu.cfs_period_us`, String(PERIOD_US));
    writeFileSync(`${group}/cpu.cfs_quota_us`, String(quota));
  } else {
    writeFileSync(`${group}/cpu.max`, `${quota} ${PERIOD_US}`);
  }
  writeFileSync(`${group}/cgroup.procs`, String(pid));
  return () => rmdirSync(group);
}

export function canLimitCpu() {
  try {
    const group = `${GROUPS}/workflow-bench-probe`;
    mkdirSync(group, { recursive: true });
    const can = existsSync(`${group}/cpu.max`) || existsSync(`${group}/cpu.cfs_quota_us`);
    rmdirSync(group);
    return can;
  } catch {
    return false;
  }
}
