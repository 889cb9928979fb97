// How a set of rules sees an enterprise: the tree as the rules stand together, each rule with what it demands, what was found and
// what is missing.
import { CheckCircleFilled, CloseCircleFilled, ExclamationCircleFilled, MinusCircleOutlined, UserOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { Schemas } from '../api/client';
import { label, OUTCOME, VETO_OUTCOME } from '../words/labels';
import { useLang, useSay, type Lang } from '../words/say';
import { money, percent, roundedShare } from '../words/money';
import { day } from '../words/dates';
import { useCodes } from './names';

type Node = Schemas['Node'];
type Leaf = Schemas['LeafShown'];
type Outcome = Schemas['Outcome'];

export function OutcomeMark({ of, veto }: { of: Outcome; veto?: boolean }) {
  const lang = useLang();
  const icon: Record<Outcome, ReactNode> = {
    met: <CheckCircleFilled style={{ color: '#14693b' }} />,
    unmet: <CloseCircleFilled style={{ color: '#b42318' }} />,
    unknown: <ExclamationCircleFilled style={{ color: '#8a4b00' }} />,
    manual_review: <UserOutlined style={{ color: '#0b5c7a' }} />,
    not_applicable: <MinusCircleOutlined style={{ color: '#4b5b64' }} />,
  };
  return <span className="outcome">{icon[of]} {label(veto ? VETO_OUTCOME : OUTCOME, of, lang)}</span>;
}

interface TreeProps {
  tree: Node;
  leaves: Leaf[];
  overrides?: Array<{ leaf_code: string; reason: string }>;
  /** What an officer answered to a rule that only a person can judge. */
  answered?: Record<string, boolean> | undefined;
  tool?: (leaf: Leaf) => ReactNode;
}

export function RuleTree({ tree, leaves, overrides = [], answered = {}, tool }: TreeProps) {
  const byCode = new Map(leaves.map((leaf) => [leaf.code, leaf]));
  return <ul className="rules"><Branch node={tree} byCode={byCode} overrides={overrides} answered={answered} tool={tool} top /></ul>;
}

function Branch({ node, byCode, overrides, answered, tool, top }: {
  node: Node; byCode: Map<string, Leaf>; overrides: Array<{ leaf_code: string; reason: string }>; answered: Record<string, boolean>;
  tool?: ((leaf: Leaf) => ReactNode) | undefined; top?: boolean;
}) {
  const say = useSay();
  const leaf = node.code ? byCode.get(node.code) : undefined;
  const children = node.children ?? [];
  const below = children.map((child, i) => <Branch key={child.code ?? i} node={child} byCode={byCode} overrides={overrides} answered={answered} tool={tool} />);
  if (!leaf) {
    // A group of groups adds nothing but indentation at the top.
    if (top || (node.rule === 'all' && children.length === 1)) return <>{below}</>;
    if (children.length === 0) return null;
    const words: Record<string, string> = {
      all: say('须全部满足', 'All of these'), any: say('满足其一即可', 'One of these is enough'), not: say('不得满足', 'None of this'),
      piecewise: say('按规模适用', 'By size'),
    };
    return (
      <li className={node.outcome === 'not_applicable' ? 'rule rule-skipped' : 'rule'}>
        <div className="rule-line"><span className="rule-group rule-text">{words[node.rule] ?? node.rule}</span><OutcomeMark of={node.outcome} /></div>
        <ul className="rules">{below}</ul>
      </li>
    );
  }
  const override = overrides.find((one) => one.leaf_code === leaf.code);
  return (
    <li className={`rule${leaf.blocking ? ' rule-blocking' : ''}${leaf.outcome === 'not_applicable' ? ' rule-skipped' : ''}`}>
      <div className="rule-line"><span className="rule-text">{leaf.text}</span><ByOfficer answered={answered[leaf.code]} /><OutcomeMark of={judged(leaf, answered)} />{tool?.(leaf)}</div>
      <LeafDetail leaf={leaf} />
      {override && <p className="field-remark"><strong>{say('已放行：', 'Let pass: ')}</strong>{override.reason}</p>}
      {node.waiver && node.waiver.outcome === 'met' && <p className="rule-detail">{say('符合豁免条件，不再审查', 'Waived')}</p>}
      {below.length > 0 && <ul className="rules">{below}</ul>}
    </li>
  );
}

/** Where only a person can judge, what the person answered is the outcome. A veto that applies is one that is not met. */
function judged(leaf: Leaf, answered: Record<string, boolean>, veto = false): Outcome {
  const answer = answered[leaf.code];
  if (answer === undefined) return leaf.outcome;
  return answer === veto ? 'unmet' : 'met';
}

function ByOfficer({ answered }: { answered: boolean | undefined }) {
  const say = useSay();
  return answered === undefined ? null : <span className="soft">{say('经办人判断：', 'Officer:')}</span>;
}

/** What the rule needs, what was found, what is missing, from which figures, and on which basis. */
export function LeafDetail({ leaf }: { leaf: Leaf }) {
  const say = useSay();
  const lang = useLang();
  const codes = useCodes();
  const unit = leaf.needs?.unit;
  const missing = leaf.used.filter((used) => used.value === null || used.value === undefined);
  const found = leaf.used.filter((used) => used.value !== null && used.value !== undefined);
  if (leaf.outcome === 'not_applicable') return null;
  return (
    <ul className="rule-detail">
      {leaf.got !== null && leaf.got !== undefined && unit && (
        <li>
          {say('现为', 'Now')} {amount(near(leaf.got, unit, Math.floor), unit, lang)}
          {leaf.gap !== null && leaf.gap !== undefined && leaf.outcome !== 'met' && <strong>{say('，还差', ', short by')} {amount(near(Math.abs(leaf.gap), unit, Math.ceil), unit, lang)}</strong>}
        </li>
      )}
      {found.length > 0 && (
        <li>{found.map((used) => `${used.name}${used.year ? ` ${used.year}` : ''}${lang === 'en' ? ': ' : '：'}${valueOf(used, lang, codes)}`).join(lang === 'en' ? '; ' : '；')}</li>
      )}
      {missing.length > 0 && leaf.outcome !== 'met' && (
        <li><strong>{say('缺少：', 'Missing: ')}</strong>{missing.map((used) => `${used.name}${used.year ? ` ${used.year}` : ''}`).join(lang === 'en' ? ', ' : '、')}</li>
      )}
      {leaf.basis && leaf.outcome !== 'met' && <li>{say('依据：', 'Basis: ')}{leaf.basis}</li>}
    </ul>
  );
}

/** Shares are rounded, never so that something missed looks reached. */
function near(value: number, unit: Schemas['Unit'], round: (value: number) => number): number {
  return unit === 'ppm' ? roundedShare(value, round) : value;
}

export function amount(value: number, unit: Schemas['Unit'], lang: Lang): string {
  const english = lang === 'en';
  switch (unit) {
    case 'fen': return money(value, english);
    case 'ppm': return percent(value);
    case 'persons': return english ? counted(value, 'person') : `${value} 人`;
    case 'count': return english ? `${value}` : `${value} 项`;
    case 'years': return english ? counted(value, 'year') : `${value} 年`;
    case 'days': return english ? counted(value, 'day') : `${value} 天`;
    case 'points': return english ? counted(value, 'point') : `${value} 分`;
    default: return String(value);
  }
}

function counted(value: number, what: string): string {
  return `${value} ${what}${value === 1 ? '' : 's'}`;
}

function valueOf(used: Schemas['UsedShown'], lang: Lang, codes: (code: string) => string): string {
  const { value, unit } = used;
  if (typeof value === 'boolean') return value ? (lang === 'en' ? 'yes' : '是') : lang === 'en' ? 'no' : '否';
  if (typeof value === 'number') return amount(value, unit, lang);
  if (unit === 'date' && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return day(value, lang);
  if (value === null || value === undefined) return '—';
  // A title is told as its code, its number and "≤" the last day on which it holds.
  return String(value).replace(/[a-z][a-z0-9]*(?:_[a-z0-9]+)*/g, (code) => codes(code)).replace(/≤ (\d{4}-\d{2}-\d{2})/g, (_, date: string) => (lang === 'en' ? `valid to ${day(date, lang)}` : `有效期至 ${day(date, lang)}`));
}

export function Vetoes({ vetoes, answered = {}, tool }: { vetoes: Leaf[]; answered?: Record<string, boolean> | undefined; tool?: (leaf: Leaf) => ReactNode }) {
  return (
    <ul className="rules">
      {vetoes.map((veto) => (
        <li key={veto.code} className={veto.outcome === 'unmet' ? 'rule rule-blocking' : 'rule'}>
          <div className="rule-line"><span className="rule-text">{veto.text}</span><ByOfficer answered={answered[veto.code]} /><OutcomeMark of={judged(veto, answered, true)} veto />{tool?.(veto)}</div>
        </li>
      ))}
    </ul>
  );
}
