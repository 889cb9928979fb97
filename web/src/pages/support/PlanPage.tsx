import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Fragment, useState, type ReactNode } from 'react';
import { read, type Action, type Schemas } from '../../api/client';
import { useValueAt } from '../../form/context';
import { AreaField, ChoiceField, DateField, ListField, MoneyField, TextField } from '../../form/fields';
import { FigureField } from '../../form/FigureFields';
import { INDICATORS, revisionsQuery } from '../../router';
import { ActionBar, ActionDialog } from '../../ui/actions';
import { Compare } from '../../ui/Compare';
import { useNames, usePlainly } from '../../ui/names';
import { EnterpriseLink } from '../../ui/EnterpriseLink';
import { Amount, Day, Facts, Mark, Moment, Page, Panel, Rate, State, Wide } from '../../ui/basics';
import { LinkButton } from '../../ui/LinkButton';
import { CATEGORY, FUND_SOURCE, label, options, PLAN_STATE, REVISION_STATE, TIER } from '../../words/labels';
import { told, useLang, useSay } from '../../words/say';

type View = Schemas['PlanView'];

export function PlanPage() {
  const say = useSay();
  const lang = useLang();
  const { id = '' } = useParams({ strict: false });
  const plan = useSuspenseQuery(read('/api/v1/support-plans/{id}', { params: { path: { id } } })).data;
  const { indicators } = useSuspenseQuery(INDICATORS).data;
  const units = useSuspenseQuery(read('/api/v1/departments', { params: { query: { limit: 200 } } })).data.items;
  const [editing, setEditing] = useState<Action | null>(null);
  const unit = (code: string | null | undefined) => units.find((one) => one.id === code)?.name ?? '—';
  const indicator = (code: string) => indicators.find((one) => one.code === code);
  const figure = (code: string, value: number | null | undefined): ReactNode => {
    if (value === null || value === undefined) return '—';
    const known = indicator(code);
    return known?.unit === 'fen' ? <Amount fen={value} /> : known?.unit === 'ppm' ? <Rate ppm={value} /> : value;
  };
  const content = plan.content;
  return (
    <Page title={say(`${plan.enterprise_name} · ${plan.year} 年方案`, `${plan.enterprise_name} · plan of ${plan.year}`)} tags={<State of={plan.state} table={PLAN_STATE} />} lead={label(TIER, plan.tier, lang)}
      aside={<LinkButton to="/support" search={{ plan_id: plan.id }}>{say('相关事项', 'Items')}</LinkButton>}>
      <Panel><ActionBar record={plan} own={{ 'support_plan.update': setEditing, 'support_plan.request_change': setEditing }} order={['support_plan.confirm', 'support_plan.consult', 'support_plan.execute']} /></Panel>
      <div className="columns">
        <div>
          <Panel title={say('诊断', 'Diagnosis')}><p style={{ whiteSpace: 'pre-wrap' }}>{content.diagnosis || '—'}</p></Panel>
          <Panel title={say('目标', 'Goals')}>
            <Wide label={say('目标', 'Goals')}>
              <table className="compare">
                <thead><tr><th scope="col">{say('指标', 'Figure')}</th><th scope="col">{say('基数', 'Base')}</th><th scope="col">{say('目标', 'Target')}</th><th scope="col">{say('实际', 'Actual')}</th><th scope="col">{say('进度', 'Progress')}</th></tr></thead>
                <tbody>{plan.goals.map((goal) => (
                  <tr key={goal.indicator}><th scope="row">{told(indicator(goal.indicator)?.name ?? [goal.indicator, goal.indicator], lang)}</th><td>{figure(goal.indicator, goal.base)}</td><td>{figure(goal.indicator, goal.target)}</td><td>{figure(goal.indicator, goal.actual)}</td>
                    <td>{goal.reached ? <Mark tone="good">{say('已达成', 'Reached')}</Mark> : <Rate ppm={goal.progress_ppm} />}</td></tr>
                ))}</tbody>
              </table>
            </Wide>
          </Panel>
          <Panel title={say('措施', 'Measures')}>
            <ol>{(content.measures ?? []).map((measure) => <li key={measure.key}><strong>{measure.title}</strong> · {label(CATEGORY, measure.category, lang)}<br /><span className="soft">{say('牵头', 'Lead')} {unit(measure.lead)} · <Day on={measure.due_on} /></span></li>)}</ol>
          </Panel>
          {(content.budget ?? []).length > 0 && (
            <Panel title={say('预算', 'Budget')}>
              <Wide label={say('预算', 'Budget')}><table className="compare"><thead><tr><th scope="col">{say('用途', 'Purpose')}</th><th scope="col">{say('来源', 'Source')}</th><th scope="col">{say('金额', 'Amount')}</th></tr></thead>
                <tbody>{(content.budget ?? []).map((line) => <tr key={line.key}><th scope="row" translate="no">{line.purpose}</th><td>{label(FUND_SOURCE, line.source, lang)}</td><td><Amount fen={line.amount_fen} full /></td></tr>)}</tbody></table></Wide>
            </Panel>
          )}
          <Revisions plan={plan} />
          {(content.commitments ?? []).length > 0 && <Panel title={say('企业承诺', 'What the enterprise commits to')}><ul>{(content.commitments ?? []).map((one, i) => <li key={i}>{one}</li>)}</ul></Panel>}
        </div>
        <div>
          <Panel title={say('基本信息', 'Facts')}>
            <Facts rows={[
              [say('企业', 'Enterprise'), <EnterpriseLink key="e" id={plan.enterprise_id} name={plan.enterprise_name} />],
              [say('服务专员', 'Service officer'), plan.officer_a_name], [say('牵头单位', 'Lead'), unit(content.lead)], [say('版本', 'Revision'), plan.revision],
              [say('确认时间', 'Confirmed'), <Moment key="c" at={plan.confirmed_at} />], [say('结案时间', 'Closed'), <Moment key="x" at={plan.closed_at} />],
            ]} />
          </Panel>
          <Panel title={say('签署', 'Signatures')}>
            {plan.signatures.length === 0 ? <p className="soft">{say('双方均未签署。', 'Nobody has signed yet.')}</p> : <ul>{plan.signatures.map((one, i) => <li key={i}>{one.side === 'office' ? say('主管部门', 'The office') : say('企业', 'The enterprise')} · <Moment at={one.at} /></li>)}</ul>}
          </Panel>
          {plan.mid_review && <Panel title={say('中期评估', 'Mid review')}><p><Day on={plan.mid_review.held_on} /></p><p style={{ whiteSpace: 'pre-wrap' }}>{plan.mid_review.findings}</p></Panel>}
          {plan.evaluation && <Panel title={say('年终评价', 'Evaluation')}><Facts rows={[[say('评分', 'Score'), plan.evaluation.score], [say('目标达成', 'Attained'), <Rate key="a" ppm={plan.evaluation.attained_ppm} />]]} /><p style={{ whiteSpace: 'pre-wrap' }}>{plan.evaluation.summary}</p></Panel>}
        </div>
      </div>
      {editing && <EditDialog plan={plan} action={editing} units={units} onClose={() => setEditing(null)} />}
    </Page>
  );
}

/** Base and target in the unit of the figure that was chosen. */
function GoalFigures({ at }: { at: string }) {
  const say = useSay();
  const code = useValueAt<string>(`${at}/indicator`);
  const indicator = useSuspenseQuery(INDICATORS).data.indicators.find((one) => one.code === code);
  if (!indicator) return null;
  return (
    <Fragment key={indicator.unit}>
      <FigureField at={`${at}/base`} label={say('基数', 'Base')} indicator={indicator} /><FigureField at={`${at}/target`} label={say('目标', 'Target')} indicator={indicator} />
    </Fragment>
  );
}

/** What was asked to be changed and waits for the other side, and every revision before. */
function Revisions({ plan }: { plan: View }) {
  const say = useSay();
  const lang = useLang();
  const plainly = usePlainly();
  const name = useNames();
  const revisions = useQuery(revisionsQuery(plan.id)).data?.items ?? [];
  const compare = (one: Schemas['RevisionView']) => one.diff.length > 0 && (
    <Compare left={say('原来', 'Before')} right={say('变更后', 'After')} rows={one.diff.map((line) => ({ at: figureAt(line.pointer), name: name(line.pointer), left: line.old, right: line.new }))} />
  );
  const told_ = (one: Schemas['RevisionView']) => (
    <>
      <p className="soft">{one.side === 'office' ? say('主管部门提出', 'Asked by the office') : say('企业提出', 'Asked by the enterprise')} · <Moment at={one.made_at} /></p>
      {one.reason && <p style={{ whiteSpace: 'pre-wrap' }}>{plainly(one.reason, '/reason')}</p>}
      {one.answer && <p className="field-remark">{one.answer}</p>}
      {compare(one)}
    </>
  );
  const asked = revisions.find((one) => one.number === plan.open_request);
  const rest = revisions.filter((one) => one !== asked);
  if (revisions.length < 2) return null;
  return (
    <Panel title={asked ? say('申请中的变更', 'A change that was asked for') : say('历次版本', 'Revisions')}>
      {asked && told_(asked)}
      {rest.map((one) => (
        <details key={one.number}><summary>{say(`第 ${one.number} 版`, `Revision ${one.number}`)} <State of={one.state} table={REVISION_STATE} /> <Moment at={one.made_at} /></summary>{told_(one)}</details>
      ))}
      {rest.length === 0 && <p className="soft">{label(REVISION_STATE, asked?.state ?? '', lang)}</p>}
    </Panel>
  );
}

/** Goals stand under their indicator: what is told of them is told in its unit. */
function figureAt(pointer: string): string {
  const goal = /^\/goals\/([a-z_0-9]+)\/(base|target)$/.exec(pointer);
  return goal ? `/${goal[1]}` : pointer;
}

function EditDialog({ plan, action, units, onClose }: { plan: View; action: Action; units: Schemas['DepartmentView'][]; onClose: () => void }) {
  const say = useSay();
  const lang = useLang();
  const { indicators } = useSuspenseQuery(INDICATORS).data;
  const asking = action.action === 'support_plan.request_change';
  const choices = units.filter((one) => one.open).map((one) => ({ value: one.id, label: one.name }));
  const key = () => `k${Math.floor(performance.now())}`;
  return (
    <ActionDialog action={action} version={plan.version} onClose={onClose} initial={{ ...plan.content, ...(asking ? { reason: '' } : {}) }}
      words={{ name: asking ? ['申请变更', 'Ask for a change'] : ['修改方案', 'Edit the plan'], press: asking ? ['提交', 'Send'] : ['保存', 'Save'], wide: true }}>
      {asking && <AreaField at="/reason" label={say('变更理由', 'Why')} rows={2} required />}
      <AreaField at="/diagnosis" label={say('诊断', 'Diagnosis')} rows={4} />
      <ListField at="/goals" label={say('目标', 'Goals')} add={say('添加目标', 'Add a goal')} blank={() => ({ indicator: 'revenue', due_on: `${plan.year}-12-31` })}>
        {(at) => <><ChoiceField at={`${at}/indicator`} label={say('指标', 'Figure')} choices={indicators.map((one) => ({ value: one.code, label: told(one.name, lang) }))} /><GoalFigures at={at} /><DateField at={`${at}/due_on`} label={say('期限', 'By')} /></>}
      </ListField>
      <ListField at="/measures" label={say('措施', 'Measures')} add={say('添加措施', 'Add a measure')} blank={() => ({ key: key(), title: '', category: 'FIN', due_on: `${plan.year}-12-31`, lead: choices[0]?.value ?? '' })}>
        {(at) => <><TextField at={`${at}/title`} label={say('措施', 'Measure')} /><ChoiceField at={`${at}/category`} label={say('类别', 'Category')} choices={options(CATEGORY, lang)} /><ChoiceField at={`${at}/lead`} label={say('牵头单位', 'Lead')} choices={choices} /><DateField at={`${at}/due_on`} label={say('期限', 'By')} /></>}
      </ListField>
      <ListField at="/budget" label={say('预算', 'Budget')} add={say('添加预算', 'Add a line')} blank={() => ({ key: key(), purpose: '', source: 'district', amount_fen: 0 })}>
        {(at) => <><TextField at={`${at}/purpose`} label={say('用途', 'Purpose')} /><ChoiceField at={`${at}/source`} label={say('来源', 'Source')} choices={options(FUND_SOURCE, lang)} /><MoneyField at={`${at}/amount_fen`} label={say('金额', 'Amount')} /></>}
      </ListField>
      <ListField at="/commitments" label={say('企业承诺', 'Commitments of the enterprise')} add={say('添加承诺', 'Add one')} blank={() => ''}>{(at) => <TextField at={at} label={say('承诺', 'Commitment')} />}</ListField>
      <div className="grid"><ChoiceField at="/lead" label={say('牵头单位', 'Lead')} choices={choices} /><DateField at="/mid_review_on" label={say('中期评估日期', 'Mid review on')} /></div>
    </ActionDialog>
  );
}
