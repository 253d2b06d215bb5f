import ts from 'typescript';
import { memberOf, sourcesOf, walk } from './published.mjs';

/**
 * What a browser half of a published plugin takes from ours. Its files are bundles: the entry gets our module as an
 * argument and wraps it as a numbered module, which all its chunks ask for by that number.
 *
 * @param {string} plugin
 * @param {'client' | 'client-v2'} half
 * @returns {Map<string, { exports: Set<string>, plugin: Set<string> }>} by id of our module
 */
export function clientUses(plugin, half) {
  const sources = sourcesOf(plugin, half);
  const uses = new Map();
  for (const id of ['@nocobase/plugin-workflow/client', '@nocobase/plugin-workflow/client-v2']) {
    const number = sources[0] && numberOf(sources[0], id);
    if (number === undefined) continue;
    const found = { exports: new Set(), plugin: new Set() };
    sources.forEach((source) => collect(source, number, found));
    uses.set(id, found);
  }
  return uses;
}

/** Number under which the entry wraps an external module. */
function numberOf(entry, id) {
  let parameter;
  walk(entry, (node) => {
    if (!ts.isCallExpression(node) || node.arguments.length < 2) return;
    const factory = node.arguments.at(-1);
    const list = arrayIn(node, id);
    if (list && ts.isFunctionExpression(factory)) {
      const index = list.elements.findIndex((element) => ts.isStringLiteral(element) && element.text === id);
      parameter = factory.parameters[index]?.name.getText();
    }
  });
  let number;
  walk(entry, (node) => {
    const name = ts.isPropertyAssignment(node) || ts.isMethodDeclaration(node) ? node.name : undefined;
    if (parameter === undefined || !name || !ts.isNumericLiteral(name)) return;
    const body = (ts.isPropertyAssignment(node) ? node.initializer : node).body;
    const text = body?.getText().replace(/["']use strict["'];?/, '').replace(/\s/g, '') ?? '';
    if (new RegExp(`^\\{\\w+\\.exports=${parameter.replaceAll('$', '\\$')};?\\}$`).test(text)) number = name.text;
  });
  return number;
}

/** The list of dependencies in the head of a universal module. */
function arrayIn(node, id) {
  let list;
  walk(node, (child) => {
    if (ts.isArrayLiteralExpression(child) && child.elements.some((element) => ts.isStringLiteral(element) && element.text === id)) list ??= child;
  });
  return list;
}

function collect(source, number, uses) {
  walk(source, (node) => {
    const isRequest =
      ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.arguments.length === 1 && node.arguments[0].getText() === number;
    if (!isRequest) return;
    const { parent } = node;
    const name = ts.isVariableDeclaration(parent) ? parent.name.getText() : ts.isBinaryExpression(parent) ? parent.left.getText() : undefined;
    if (name) collectNames(scopeOf(node), node, name, uses);
    else if (ts.isPropertyAccessExpression(parent)) uses.exports.add(parent.name.text);
  });
}

/** Everything that one module function does with the variable that holds our module. */
function collectNames(scope, declaration, name, uses) {
  const isModule = (node) => ts.isIdentifier(node) && node.text === name;
  /** variables that give the default export when they are called */
  const getters = new Set();
  const visit = (see) =>
    walk(scope, (node) => {
      if (node !== scope && isFunction(node) && redeclares(node, name) && !contains(node, declaration)) return false;
      return see(node);
    });
  visit((node) => {
    const exported = memberOf(node, isModule);
    if (exported && exported !== 'prototype') uses.exports.add(exported);
    if (ts.isVariableDeclaration(node) && node.initializer && isGetter(node.initializer, isModule)) {
      uses.exports.add('default');
      getters.add(node.name.getText());
    }
  });
  const isPlugin = (node) =>
    ts.isCallExpression(node) &&
    /\.pm\.get$/.test(node.expression.getText()) &&
    node.arguments.some(
      (argument) =>
        /^["']workflow["']$/.test(argument.getText()) ||
        memberOf(argument, isModule) !== null ||
        (ts.isCallExpression(argument) && getters.has(argument.expression.getText())),
    );
  visit((node) => {
    const direct = memberOf(node, isPlugin);
    if (direct) uses.plugin.add(direct);
    if (ts.isVariableDeclaration(node) && node.initializer && isPlugin(node.initializer)) {
      membersOfVariable(node).forEach((member) => uses.plugin.add(member));
    }
  });
}

/** Members that are taken of what a variable holds, in its own function. */
function membersOfVariable(declaration) {
  const name = declaration.name.getText();
  const members = new Set();
  const scope = scopeOf(declaration);
  walk(scope, (node) => {
    if (node !== scope && isFunction(node) && redeclares(node, name)) return false;
    const member = memberOf(node, (receiver) => ts.isIdentifier(receiver) && receiver.text === name && receiver.pos > declaration.pos);
    if (member) members.add(member);
  });
  return members;
}

const isFunction = (node) => ts.isFunctionExpression(node) || ts.isArrowFunction(node) || ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node);

function isGetter(node, isModule) {
  return ts.isCallExpression(node) && /\.n$/.test(node.expression.getText()) && node.arguments.length === 1 && isModule(node.arguments[0]);
}

function scopeOf(node) {
  let scope = node.parent;
  while (scope.parent && !isFunction(scope)) scope = scope.parent;
  return scope;
}

function contains(outer, inner) {
  return outer.pos <= inner.pos && inner.end <= outer.end;
}

/** True when the function has a parameter or a variable of that name: inside it the name means something else. */
function redeclares(node, name) {
  if (node.parameters.some((parameter) => parameter.name.getText() === name)) return true;
  let found = false;
  walk(node.body, (child) => {
    if (child !== node.body && isFunction(child)) return false;
    if (ts.isVariableDeclaration(child) && child.name.getText() === name) found = true;
  });
  return found;
}
