import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { read, type Action } from '../../api/client';
import { AreaField } from '../../form/fields';
import { ActionBar, ActionDialog } from '../../ui/actions';
import { Day, Facts, Moment, Page, Panel, State, Wide } from '../../ui/basics';
import { Tabs } from '../../ui/Tabs';
import { label, LANE, RULE_SET_STATE, TIER } from '../../words/labels';
import { told, useLang, useSay } from '../../words/say';

interface Words { zh: string; en: string }
interface Rule { code?: string; text?: Words; all?: Rule[]; any?: Rule[]; not?: Rule; waived_if?: Rule; piecewise?: { by: string; bands: Array<{ rule: Rule }> }; evidence?: string[] }
interface Dimension { code: string; name: Words; weight: number; floor?: number }
interface Tier { lane: string; validity_years: number; quota?: number; gate: Rule; rubric?: { pass: number; dimensions: Dimension[] }; evidence?: Array<{ code: string; name: Words; required?: boolean }> }
interface Document { common_gate?: Rule; tiers: Record<string, Tier>; vetoes?: Array<{ code: string; text: Words; within_years?: number }> }

export function RuleSetPage() {
  const say = useSay();
  const lang = useLang();
  const { id = '' } = useParams({ strict: false });
  const set = useSuspenseQuery(read('/api/v1/rule-sets/{id}', { params: { path: { id } } })).data;
  const document = set.document as unknown as Document;
  const [editing, setEditing] = useState<Action | null>(null);
  return (
    <Page title={told(set.name, lang)} tags={<State of={set.state} table={RULE_SET_STATE} />} lead={<>{say('代码：', 'Code: ')}<code>{set.code}</code>{say(`，第 ${set.revision} 版`, `, version ${set.revision}`)}</>}>
      <Panel>
        <ActionBar record={set} own={{ 'rule_set.update': setEditing }} />
        <Facts rows={[
          [say('生效日期', 'In force from'), <Day key="f" on={set.effective_from} />], [say('失效日期', 'Until'), <Day key="t" on={set.effective_to} />],
          [say('发布时间', 'Published'), <Moment key="p" at={set.published_at} />],
        ]} />
      </Panel>
      <Tabs label={say('规则内容', 'Rules')} items={[
        ...Object.keys(TIER).flatMap((code) => { const tier = document.tiers[code]; return tier ? [{ code, tier }] : []; }).map(({ code, tier }) => ({
          key: code, label: label(TIER, code, lang), children: (
            <>
              <Panel title={say('准入条件', 'Gate')}>
                <Facts rows={[[say('通道', 'Lane'), label(LANE, tier.lane, lang)], [say('有效期', 'Valid for'), say(`${tier.validity_years} 年`, `${tier.validity_years} years`)], [say('名额', 'Quota'), tier.quota ?? say('不限', 'none')]]} />
                <br />
                <ul className="rules">{document.common_gate && <RuleLine rule={document.common_gate} top />}<RuleLine rule={tier.gate} top /></ul>
              </Panel>
              {tier.rubric && (
                <Panel title={say(`评审指标（合格 ${tier.rubric.pass} 分）`, `Rubric (pass mark ${tier.rubric.pass})`)}>
                  <Wide label={say('评审指标', 'Rubric')}><table className="compare">
                    <thead><tr><th scope="col">{say('维度', 'Dimension')}</th><th scope="col">{say('权重', 'Weight')}</th><th scope="col">{say('最低分', 'Floor')}</th></tr></thead>
                    <tbody>{tier.rubric.dimensions.map((one) => <tr key={one.code}><th scope="row">{told(one.name, lang)}</th><td>{one.weight}</td><td>{one.floor ?? '—'}</td></tr>)}</tbody>
                  </table></Wide>
                </Panel>
              )}
              {tier.evidence && <Panel title={say('佐证材料', 'Evidence')}><ul>{tier.evidence.map((one) => <li key={one.code}>{told(one.name, lang)}{one.required && say('（必需）', ' (required)')}</li>)}</ul></Panel>}
            </>
          ),
        })),
        { key: 'vetoes', label: say('否决事项', 'Vetoes'), children: <Panel><ul>{(document.vetoes ?? []).map((one) => <li key={one.code}>{told(one.text, lang)}</li>)}</ul></Panel> },
        ...(set.source ? [{ key: 'source', label: say('原文', 'Text'), children: <Panel><div className="wide" role="region" aria-label={say('原文', 'Text')} tabIndex={0}><pre>{set.source}</pre></div></Panel> }] : []),
      ]} />
      {editing && (
        <ActionDialog action={editing} version={set.version} initial={{ source: set.source ?? '' }} onClose={() => setEditing(null)} words={{ name: ['修改草稿', 'Edit draft'], press: ['保存', 'Save'], wide: true }}>
          <AreaField at="/source" label={say('规则文本', 'Text')} rows={20} required />
        </ActionDialog>
      )}
    </Page>
  );
}

function RuleLine({ rule, top }: { rule: Rule; top?: boolean }) {
  const say = useSay();
  const lang = useLang();
  const children = rule.all ?? rule.any ?? (rule.not ? [rule.not] : rule.piecewise?.bands.map((band) => band.rule)) ?? [];
  // A group of groups adds nothing but indentation at the top; below "one of these" it says what belongs together.
  if (rule.all && !rule.text && (top || children.length === 1)) return <>{children.map((child, i) => <RuleLine key={child.code ?? i} rule={child} />)}</>;
  const words = rule.text ? told(rule.text, lang) : rule.all ? say('须全部满足', 'All of these') : rule.any ? say('满足其一即可', 'One of these is enough') : rule.piecewise ? say('按规模适用', 'By size') : rule.not ? say('不得满足', 'None of this') : rule.code;
  return (
    <li className="rule">
      <span className={rule.text ? undefined : 'rule-group'}>{words}</span>
      {rule.waived_if && <span className="soft">{say('（满足另一条件时豁免）', ' (waived when another rule is met)')}</span>}
      {children.length > 0 && <ul className="rules">{children.map((child, i) => <RuleLine key={child.code ?? i} rule={child} />)}</ul>}
    </li>
  );
}
