// Every word a person reads is there in both languages: found by reading the source, so a forgotten one cannot hide on a page that
// no test opens.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** Chinese, and the wide marks between its words, which English does not use. */
const HAN = /[\u3400-\u9fff，。；：、？！（）]/;
const LETTERS = /[A-Za-z]{2,}/;
/** Attributes whose text is shown or read aloud. */
const SPOKEN = new Set(['title', 'label', 'placeholder', 'alt', 'aria-label', 'aria-description', 'hint', 'add', 'lead', 'caption', 'okText', 'cancelText', 'subTitle']);
/** Proper names and samples, the same in every language. */
const NAMES = new Set(['中文', 'English', 'LS-WLZX-2026-0001', 'science_technology', '3940']);

interface Offence {
  at: string;
  text: string;
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|schema\.d\.ts$/.test(name)).map((name) => join(folder, name));
}

/** What is not said in both languages in this file. */
export function untranslated(name: string, text: string): Offence[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TSX);
  const found: Offence[] = [];
  const offend = (node: ts.Node, words: string) => {
    if (!NAMES.has(words.trim())) found.push({ at: `${name}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`, text: words.trim() });
  };
  const words = (node: ts.Node): string | undefined => {
    if (ts.isStringLiteralLike(node)) return node.text;
    if (ts.isTemplateExpression(node)) return node.head.text + node.templateSpans.map((span) => span.literal.text).join('');
    return undefined;
  };
  const isPair = (node: ts.Node): node is ts.CallExpression | ts.ArrayLiteralExpression =>
    (ts.isCallExpression(node) && /^(say|sayNow)$/.test(node.expression.getText())) || (ts.isArrayLiteralExpression(node) && node.elements.length === 2 && HAN.test(words(node.elements[0]!) ?? ''));
  const visit = (node: ts.Node): void => {
    if (isPair(node)) {
      const [zh, en] = ts.isCallExpression(node) ? [...node.arguments] : [...node.elements];
      const english = en && words(en);
      if (!zh || !en || english === undefined || HAN.test(english) || (english.trim() === '' && !ts.isTemplateExpression(en) && (words(zh) ?? '').trim() !== '')) offend(node, node.getText());
      // Inside a template there may be further expressions.
      if (zh && ts.isTemplateExpression(zh)) zh.templateSpans.forEach((span) => visit(span.expression));
      return;
    }
    // `english ? 'yuan' : '元'`: both stand side by side.
    if (ts.isConditionalExpression(node) && /english|lang/.test(node.condition.getText())) {
      visit(node.condition);
      for (const side of [node.whenTrue, node.whenFalse]) if (words(side) === undefined) visit(side);
      return;
    }
    const said = words(node);
    if (said !== undefined && HAN.test(said)) offend(node, said);
    if (ts.isJsxText(node) && (LETTERS.test(node.text) || HAN.test(node.text))) offend(node, node.text);
    if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer) && LETTERS.test(node.initializer.text)) offend(node, node.initializer.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe('the console speaks both languages', () => {
  it('everywhere', () => {
    const files = sourcesIn(new URL('..', import.meta.url).pathname);
    expect(files.length).toBeGreaterThan(40);
    const found = files.flatMap((file) => untranslated(file.replace(/^.*\/src\//, 'src/'), readFileSync(file, 'utf8')));
    expect(found).toEqual([]);
  });

  it('and the search finds what is said in one language only', () => {
    for (const wrong of [
      "const a = '保存';", '<p>保存</p>', '<p>Save</p>', "say('保存', '')", "say('保存')", "say('保存', '保存')", '<input placeholder="Save" />', "const t: Say = ['保存', '存'];",
    ]) expect(untranslated('wrong.tsx', wrong), wrong).toHaveLength(1);
    for (const right of ["say('保存', 'Save')", "const t: Say = ['保存', 'Save'];", "english ? 'yuan' : '元'", '<a className="brand" href="/x">{name}</a>', "say(`共 ${n} 条`, `${n} in all`)"]) {
      expect(untranslated('right.tsx', right), right).toEqual([]);
    }
  });
});
