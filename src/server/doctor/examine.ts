import { QueryTypes } from 'sequelize';
import type { WorkflowPlugin } from '../contract';
import { expressions } from '../storage/codec';
import { SqlWriter } from '../storage/statement';
import { definitionChecks } from './definitionChecks';
import { runChecks } from './runChecks';
import type { Check, CheckContext, Finding, Place } from './types';

/** Every invariant that can be looked at on a live database. */
export const CHECKS: readonly Check[] = [...definitionChecks, ...runChecks];

/** So many places of one finding are told and healed at a time. */
const MAX_PLACES = 100;

/**
 * Looks whether the stored workflows and executions are as they have to be. Reads only.
 * @param codes only these invariants. @default all
 */
export async function examine(plugin: WorkflowPlugin, codes?: readonly string[]): Promise<Finding[]> {
  const context = createContext(plugin);
  const findings: Finding[] = [];
  for (const check of CHECKS.filter(({ code }) => !codes || codes.includes(code))) {
    const places = await check.find(context);
    if (places.length > 0) {
      findings.push(toFinding(check, places));
    }
  }
  return findings;
}

/**
 * Heals what can be healed without anybody deciding.
 * @returns what was found before, by invariant
 */
export async function repair(plugin: WorkflowPlugin, codes: readonly string[]): Promise<Finding[]> {
  const context = createContext(plugin);
  const healed: Finding[] = [];
  for (const check of CHECKS.filter(({ code, repair: remedy }) => remedy && codes.includes(code))) {
    const places = await check.find(context);
    if (places.length > 0) {
      const finding = toFinding(check, places);
      await check.repair!.run(context, finding.places);
      healed.push(finding);
    }
  }
  return healed;
}

function toFinding({ code, level, message, repair: remedy }: Check, places: Place[]): Finding {
  const told = places.slice(0, MAX_PLACES);
  return { code, level, message, count: told.length, more: places.length > MAX_PLACES, places: told, repair: remedy?.what ?? null };
}

function createContext(plugin: WorkflowPlugin): CheckContext {
  const writer = new SqlWriter(plugin.db);
  return {
    plugin,
    writer,
    nowMs: expressions[writer.dialect].nowMs,
    rows: (sql) =>
      plugin.db.sequelize.query<Place>(`${writer.statement('doctor', sql).text} LIMIT ${MAX_PLACES + 1}`, { type: QueryTypes.SELECT }),
  };
}
