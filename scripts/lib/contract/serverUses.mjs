import ts from 'typescript';
import { memberOf, sourcesOf, walk } from './published.mjs';

const MODULE = '@nocobase/plugin-workflow';

/**
 * What the server half of a published plugin takes from ours.
 * @param {string} plugin
 * @returns {{ exports: Set<string>, plugin: Set<string>, processor: Set<string> }} named exports, members of the plugin
 *   object and members of the processor
 */
export function serverUses(plugin) {
  const uses = { exports: new Set(), plugin: new Set(), processor: new Set() };
  for (const source of sourcesOf(plugin, 'server')) {
    if (source.text.includes(MODULE) || source.text.includes('pm.get("workflow")')) {
      collect(source, uses);
    }
  }
  return uses;
}

function collect(source, uses) {
  const modules = new Set();
  /** variables and `this.…` fields that hold the plugin */
  const holders = new Set(['this.workflow', 'processor.options.plugin']);
  const isWorkflowClass = source.text.includes('.Instruction {') || source.text.includes('.Trigger {');
  walk(source, (node) => {
    if (ts.isVariableDeclaration(node) && node.initializer && requiresModule(node.initializer)) modules.add(node.name.getText());
  });
  const isModule = (node) => ts.isIdentifier(node) && modules.has(node.text);
  const isLookup = (node) =>
    ts.isCallExpression(node) &&
    /\b(pm\.get|getPlugin)$/.test(node.expression.getText()) &&
    node.arguments.some((argument) => /^["'](@nocobase\/plugin-)?workflow["']$/.test(argument.getText()) || memberOf(argument, isModule) === 'default');
  walk(source, (node) => {
    if (ts.isVariableDeclaration(node) && node.initializer && isLookup(node.initializer)) holders.add(node.name.getText());
    if (ts.isBinaryExpression(node) && isLookup(node.right)) holders.add(node.left.getText());
    if (ts.isPropertyAccessExpression(node) && ['workflowPlugin', 'this.workflowPlugin'].includes(node.expression.getText())) {
      holders.add(node.expression.getText());
    }
  });
  const isHolder = (node) => isLookup(node) || (holders.has(node.getText()) && (node.getText() !== 'this.workflow' || isWorkflowClass));
  const isProcessor = (node) => node.getText() === 'processor';
  walk(source, (node) => {
    const add = (set, name) => name && set.add(name);
    add(uses.exports, memberOf(node, isModule));
    add(uses.plugin, memberOf(node, isHolder));
    add(uses.processor, memberOf(node, isProcessor));
  });
}

function requiresModule(node) {
  return ts.isCallExpression(node) && node.arguments.some((argument) => (ts.isStringLiteral(argument) ? argument.text === MODULE : requiresModule(argument)));
}
