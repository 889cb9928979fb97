import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { read, type Action, type Schemas } from '../../api/client';
import { useMe } from '../../api/me';
import { ROUNDS } from '../../router';
import { AreaField } from '../../form/fields';
import { ActionBar, ActionDialog } from '../../ui/actions';
import { Day, Due, Facts, Mark, Moment, Page, Panel, State } from '../../ui/basics';
import { EnterpriseLink } from '../../ui/EnterpriseLink';
import { History } from '../../ui/History';
import { OutcomeMark, RuleTree, Vetoes } from '../../ui/RuleTree';
import { LinkButton } from '../../ui/LinkButton';
import { APPLICATION_PLAIN, APPLICATION_STATE, DECISION_ACTION, DECISION_STATE, label, LANE, SECTION, TIER } from '../../words/labels';
import { told, useLang, useSay } from '../../words/say';
import { AcceptDialog } from './AcceptDialog';
import { Feedback, VisitsOf } from './Afterwards';
import { Differences } from './Differences';
import { Files } from './Files';
import { FormShown } from './FormShown';
import { FrozenFigures } from './FrozenFigures';
import { OverrideDialog } from './OverrideDialog';
import { ReturnDialog } from './ReturnDialog';
import { VisitDialog } from './VisitDialog';

export type View = Schemas['ApplicationView'];

/** One application: in plain words for whoever applied, with rules and decisions for whoever judges. */
export function ApplicationPage() {
  const say = useSay();
  const lang = useLang();
  const me = useMe();
  const navigate = useNavigate();
  const { id = '' } = useParams({ strict: false });
  const view = useSuspenseQuery(read('/api/v1/applications/{id}', { params: { path: { id } } })).data;
  const timeline = useSuspenseQuery(read('/api/v1/applications/{id}/timeline', { params: { path: { id } } })).data;
  const round = useSuspenseQuery(ROUNDS).data.items.find((one) => one.id === view.round_id);
  const [dialog, setDialog] = useState<{ kind: 'accept' | 'return' | 'override' | 'visit'; action: Action } | null>(null);
  const [tied, setTied] = useState(false);
  const [comparing, setComparing] = useState(false);
  const staff = me.permitted_actions.includes('application.accept') || me.permitted_actions.includes('decision.view');
  const returned = view.state === 'returned' ? view.returns.at(-1) : undefined;
  const toForm = () => void navigate({ to: '/applications/$id/form', params: { id: view.id } });
  const plain = APPLICATION_PLAIN[view.state];
  const evaluation = view.snapshot?.evaluation;
  return (
    <Page title={staff ? view.enterprise.name : say('申报进度', 'Your application')} tags={<State of={view.state} table={APPLICATION_STATE} />}
      lead={<>{!staff && <>{view.enterprise.name} · </>}{view.round_name} · {label(TIER, view.tier, lang)}</>}
      aside={staff ? <Button onClick={() => print()}>{say('打印', 'Print')}</Button> : <LinkButton to="/home">{say('返回', 'Back')}</LinkButton>}>
      {!staff && plain && (
        <Panel>
          <Alert type={view.state === 'returned' ? 'warning' : view.state === 'recognised' ? 'success' : 'info'} showIcon title={told(plain, lang)} />
          {returned && <p>{say('补正期限：', 'Correct until: ')}<Due on={returned.due_on} /></p>}
          {view.state === 'draft' && round && <p>{say('截止时间：', 'Deadline: ')}<Due at={round.closes_at} /></p>}
          <PathLine state={view.state} />
        </Panel>
      )}
      <Panel title={staff ? say('办理', 'Actions') : undefined}>
        <ActionBar record={view} own={{
          'application.update': toForm, 'application.submit': toForm,
          'application.accept': (action) => setDialog({ kind: 'accept', action }),
          'application.return': (action) => setDialog({ kind: 'return', action }),
          'application.override': (action) => setDialog({ kind: 'override', action }),
          'site_visit.plan': (action) => setDialog({ kind: 'visit', action }),
        }} hide={['application.update']} order={['application.submit', 'application.accept', 'application.return', 'application.propose', 'application.not_select', 'site_visit.plan', 'application.override', 'application.reject', 'application.withdraw', 'application.void']} />
        {view.actions.some((action) => action.action === 'application.update' && action.allowed) && <p><Link to="/applications/$id/form" params={{ id: view.id }}>{say('打开申报表', 'Open the form')}</Link></p>}
        {me.permitted_actions.includes('conflict.pin') && (
          <p className="soft">{say('与该企业有利益关系的，须回避。', 'Whoever is tied to this enterprise steps back.')} <Button type="link" size="small" onClick={() => setTied(true)}>{say('登记我的利益冲突', 'Declare my conflict of interest')}</Button></p>
        )}
        {staff && view.actions.length === 0 && <p className="soft">{say('您只能查看本申报。', 'You may read this application.')}</p>}
      </Panel>
      {staff && (view.decisions ?? []).some((decision) => decision.state === 'pending') && (
        <Alert type="info" showIcon className="problem" title={say('本申报有待审批的决定', 'A decision on this application waits for approval')}
          description={<ul>{(view.decisions ?? []).filter((one) => one.state === 'pending').map((one) => <li key={one.id}><Link to="/decisions/$id" params={{ id: one.id }}>{label(DECISION_ACTION, one.action, lang)}</Link> · {one.prepared_by.name}</li>)}</ul>} />
      )}
      <div className="columns">
        <div>
          {returned && (
            <Panel title={say('需要补正的内容', 'To be corrected')}>
              <ul>{returned.items.map((item, i) => <li key={i}><strong>{label(SECTION, item.section, lang)}</strong>{say('：', ': ')}{item.remark}</li>)}</ul>
              {!staff && <LinkButton color="primary" variant="solid" to="/applications/$id/form" params={{ id: view.id }}>{say('去补正', 'Correct it')}</LinkButton>}
            </Panel>
          )}
          {view.snapshot && evaluation && (
            <>
              <Panel title={say('准入条件评价', 'How the rules see it')} extra={view.judgement ? <Mark tone="good">{say('经办人已核验', 'Judged by an officer')}</Mark> : <OutcomeMark of={view.snapshot.outcome} />}>
                <p className="soft">{say(`第 ${view.snapshot.number} 次提交时固定，`, `Frozen at submission no. ${view.snapshot.number}, `)}<Moment at={view.snapshot.created_at} />{say('；成立年限、资质有效期计算至 ', '; ages and titles as of ')}<Day on={view.snapshot.as_of} /></p>
                <RuleTree tree={evaluation.tree} leaves={evaluation.leaves} overrides={view.overrides} answered={view.judgement?.human} />
                {staff && <FrozenFigures id={view.id} number={view.snapshot.number} />}
              </Panel>
              <Panel title={say('否决事项', 'Vetoes')}><Vetoes vetoes={evaluation.vetoes} answered={view.judgement?.vetoes} /></Panel>
            </>
          )}
          {view.snapshot && view.snapshot.number > 1 && <Panel><details onToggle={(e) => setComparing(e.currentTarget.open)}><summary>{say(`历次提交的差异（共 ${view.snapshot.number} 次）`, `What changed between ${view.snapshot.number} submissions`)}</summary>{comparing && <Differences id={view.id} last={view.snapshot.number} />}</details></Panel>}
          <Panel title={say('附件', 'Files')}><Files id={view.id} evidence={view.evidence} editable={false} /></Panel>
          <Panel title={say('申报内容', 'What was stated')}><FormShown form={view.form} /></Panel>
        </div>
        <div>
          <Panel title={say('基本信息', 'Facts')}>
            <Facts rows={[
              [say('企业', 'Enterprise'), <EnterpriseLink key="e" id={view.enterprise.id} name={view.enterprise.name} />],
              [say('信用代码', 'Credit code'), <code key="c">{view.enterprise.credit_code}</code>],
              [say('批次', 'Round'), staff ? <Link key="r" to="/rounds/$id" params={{ id: view.round_id }}>{view.round_name}</Link> : view.round_name],
              [say('通道', 'Lane'), label(LANE, view.lane, lang)],
              [say('提交时间', 'Submitted'), <Moment key="s" at={view.submitted_at} />],
              [say('最近更新', 'Updated'), <Moment key="u" at={view.updated_at} />],
            ]} />
          </Panel>
          {staff && view.judgement && (
            <Panel title={say('受理时的判断', 'Judged at acceptance')}><p>{view.judgement.reason}</p><Moment at={view.judgement.at} /></Panel>
          )}
          {staff && (view.decisions ?? []).length > 0 && (
            <Panel title={say('决定', 'Decisions')}>
              <ul className="rules">
                {(view.decisions ?? []).map((one) => (
                  <li key={one.id} className="rule"><div className="rule-line"><Link className="rule-text" to="/decisions/$id" params={{ id: one.id }}>{label(DECISION_ACTION, one.action, lang)}</Link><State of={one.state} table={DECISION_STATE} /></div>
                    <p className="rule-detail">{one.prepared_by.name} · <Moment at={one.created_at} /></p></li>
                ))}
              </ul>
            </Panel>
          )}
          {view.returns.length > 0 && !returned && (
            <Panel title={say('补正记录', 'Corrections')}>
              {view.returns.map((one) => (
                <div key={one.number}><p><Mark>{say(`第 ${one.number} 次`, `No. ${one.number}`)}</Mark><Moment at={one.at} /></p>
                  <ul>{one.items.map((item, i) => <li key={i}>{label(SECTION, item.section, lang)}{say('：', ': ')}{item.remark}</li>)}</ul></div>
              ))}
            </Panel>
          )}
          <VisitsOf id={view.id} />
          <Feedback id={view.id} />
          <Panel title={say('经过', 'History')}><History items={timeline.items} states={APPLICATION_STATE} /></Panel>
        </div>
      </div>
      {tied && (
        <ActionDialog action={{ action: 'conflict.pin', allowed: true, method: 'POST', href: '/api/v1/conflicts' }} initial={{ user_id: me.id, enterprise_id: view.enterprise.id }} onClose={() => setTied(false)} onDone={() => void navigate({ to: '/queue' })}
          words={{ name: ['登记利益冲突', 'Declare a conflict of interest'], tone: 'danger', explain: ['登记后您不再看到该企业的任何申报，由同事接手；只有同事可以解除。', 'You no longer see anything of this enterprise; a colleague takes over, and only a colleague can end it.'] }}>
          <AreaField at="/reason" label={say('是什么关系', 'What the tie is')} rows={2} required />
        </ActionDialog>
      )}
      {dialog?.kind === 'accept' && <AcceptDialog view={view} action={dialog.action} onClose={() => setDialog(null)} />}
      {dialog?.kind === 'return' && <ReturnDialog action={dialog.action} version={view.version} form={view.form} evidence={view.evidence} onClose={() => setDialog(null)} />}
      {dialog?.kind === 'visit' && <VisitDialog id={view.id} action={dialog.action} onClose={() => setDialog(null)} />}
      {dialog?.kind === 'override' && <OverrideDialog view={view} action={dialog.action} onClose={() => setDialog(null)} />}
    </Page>
  );
}

const PATH = ['draft', 'submitted', 'accepted', 'proposed', 'in_publicity', 'recognised'] as const;
const AT: Record<string, number> = {
  draft: 0, submitted: 1, returned: 1, accepted: 2, in_review: 2, scored: 2, site_checked: 2, proposed: 3, in_publicity: 4, objected: 4, recognised: 5,
};

/** The way from draft to certificate, and where this application is on it. */
function PathLine({ state }: { state: string }) {
  const lang = useLang();
  const say = useSay();
  const at = AT[state];
  if (at === undefined) return null;
  return (
    <ol className="steps-line" aria-label={say('办理进度', 'Progress')}>
      {PATH.map((step, i) => <li key={step} className={i === at ? 'here' : i < at ? 'done' : ''} aria-current={i === at ? 'step' : undefined}>{label(APPLICATION_STATE, step, lang)}</li>)}
    </ol>
  );
}
