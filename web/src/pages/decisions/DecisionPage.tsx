import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { read, type Schemas } from '../../api/client';
import { ActionBar } from '../../ui/actions';
import { Facts, Moment, Page, Panel, State } from '../../ui/basics';
import { plainly } from '../../ui/Compare';
import { OutcomeMark } from '../../ui/RuleTree';
import { APPLICATION_STATE, DECISION_ACTION, DECISION_STATE, label, TIER } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

/** Where an approval leads, for the matters that change a state. */
const LEADS_TO: Record<string, string> = { 'application.propose': 'proposed', 'application.not_select': 'not_selected', 'application.void': 'void' };

export function DecisionPage() {
  const say = useSay();
  const lang = useLang();
  const { id = '' } = useParams({ strict: false });
  const decision = useSuspenseQuery(read('/api/v1/decisions/{id}', { params: { path: { id } } })).data;
  const isApplication = decision.subject.kind === 'application';
  const proposal = decision.proposal as Record<string, unknown>;
  return (
    <Page title={label(DECISION_ACTION, decision.action, lang)} tags={<State of={decision.state} table={DECISION_STATE} />}
      lead={say(`由 ${decision.prepared_by.name} 提请`, `Prepared by ${decision.prepared_by.name}`)}>
      <Panel><ActionBar record={decision} order={['decision.approve', 'decision.refuse', 'decision.void']} /></Panel>
      <div className="columns">
        <div>
          <Panel title={say('批准后会发生什么', 'What an approval changes')}>
            {isApplication ? <ApplicationChange id={decision.subject.id} action={decision.action} pending={decision.state === 'pending'} />
              : <p>{say('对象', 'Subject')}：{decision.subject.kind} <code>{decision.subject.id}</code></p>}
            {Object.keys(proposal).length > 0 && (
              <Facts rows={Object.entries(proposal).map(([key, value]) => [PROPOSED[key] ? say(PROPOSED[key][0], PROPOSED[key][1]) : key, <span key={key} style={{ whiteSpace: 'pre-wrap' }}>{plainly(value, `/${key}`, lang)}</span>] as [ReactNode, ReactNode])} />
            )}
          </Panel>
          <Panel title={say('理由', 'Reason')}><p style={{ whiteSpace: 'pre-wrap' }}>{decision.reason}</p></Panel>
        </div>
        <div>
          <Panel title={say('进展', 'Steps')}>
            <Facts rows={[
              [say('提请时间', 'Prepared'), <Moment key="p" at={decision.created_at} />],
              [say('批准人数', 'Approvals'), `${decision.approvals_given} / ${decision.approvals_needed}`],
              [say('决定时间', 'Decided'), <Moment key="d" at={decision.decided_at} />],
            ]} />
            <ol className="history">
              {decision.steps.map((step, i) => (
                <li key={i}><Moment at={step.at} /><p><strong>{step.by.name}</strong> <State of={step.verdict} table={DECISION_STATE} /></p>{step.reason && <p>{step.reason}</p>}</li>
              ))}
            </ol>
          </Panel>
        </div>
      </div>
    </Page>
  );
}

const PROPOSED: Record<string, readonly [string, string]> = {
  leaves: ['放行的条件', 'Rules to let pass'], tier: ['类别', 'Tier'], to: ['变为', 'To'], reason: ['理由', 'Reason'], amount_fen: ['金额', 'Amount'],
  valid_to: ['有效期至', 'Valid to'], state: ['状态', 'State'],
};

function ApplicationChange({ id, action, pending }: { id: string; action: Schemas['DecisionAction']; pending: boolean }) {
  const say = useSay();
  const lang = useLang();
  const view = useQuery(read('/api/v1/applications/{id}', { params: { path: { id } } })).data;
  if (!view) return <p className="soft">{say('正在读取申报…', 'Reading the application…')}</p>;
  const to = LEADS_TO[action];
  const blocking = view.snapshot?.evaluation.leaves.filter((leaf) => leaf.blocking) ?? [];
  return (
    <>
      <p><Link to="/applications/$id" params={{ id }}><strong>{view.enterprise.name}</strong></Link> · {view.round_name} · {label(TIER, view.tier, lang)}</p>
      <table className="compare">
        <thead><tr><th scope="col">{say('内容', 'What')}</th><th scope="col">{pending ? say('现在', 'Now') : say('当前', 'At present')}</th><th scope="col">{say('批准后', 'After approval')}</th></tr></thead>
        <tbody>
          {to && <tr><th scope="row">{say('申报状态', 'State of the application')}</th><td className="old"><State of={view.state} table={APPLICATION_STATE} /></td><td className="new"><State of={to} table={APPLICATION_STATE} /></td></tr>}
          {action === 'application.override' && <tr><th scope="row">{say('准入条件', 'Gate')}</th><td className="old">{say('所列条件未满足，不能受理', 'The rules named stand in the way')}</td><td className="new">{say('所列条件放行，可以受理', 'They no longer do')}</td></tr>}
        </tbody>
      </table>
      {view.snapshot && <p style={{ marginTop: 12 }}>{say('准入评价：', 'Rules: ')}<OutcomeMark of={view.snapshot.outcome} /></p>}
      {blocking.length > 0 && <ul>{blocking.map((leaf) => <li key={leaf.code}>{leaf.text}：<OutcomeMark of={leaf.outcome} /></li>)}</ul>}
    </>
  );
}
