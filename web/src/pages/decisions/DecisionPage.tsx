import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { read, type Schemas } from '../../api/client';
import { ActionBar } from '../../ui/actions';
import { Facts, Moment, Page, Panel, State, Wide } from '../../ui/basics';
import { useNames, usePlainly } from '../../ui/names';
import { OutcomeMark } from '../../ui/RuleTree';
import { subjectLink } from '../../ui/subjects';
import { anyState, DECISION_ACTION, DECISION_STATE, label, TIER } from '../../words/labels';
import { isObject } from '../../words/patch';
import { told, useLang, useSay } from '../../words/say';

/** Shows everything an approval will change: the proposal was frozen when it was prepared, so nothing is looked up beside it. */
export function DecisionPage() {
  const say = useSay();
  const lang = useLang();
  const { id = '' } = useParams({ strict: false });
  const decision = useSuspenseQuery(read('/api/v1/decisions/{id}', { params: { path: { id } } })).data;
  const matter = label(DECISION_ACTION, decision.action, lang);
  return (
    <Page title={decision.subject_name ?? matter} tags={<State of={decision.state} table={DECISION_STATE} />}
      lead={<>{decision.subject_name && <>{matter} · </>}{say(`由 ${decision.prepared_by.name} 提请`, `Prepared by ${decision.prepared_by.name}`)}</>}>
      <Panel><ActionBar record={decision} order={['decision.approve', 'decision.refuse', 'decision.void']} /></Panel>
      <div className="columns">
        <div>
          <Panel title={decision.state === 'pending' ? say('批准后会发生什么', 'What an approval changes') : say('提请批准的内容', 'What was sent for approval')}><Proposal decision={decision} /></Panel>
          <Panel title={say('理由', 'Reason')}><p style={{ whiteSpace: 'pre-wrap' }}>{decision.reason}</p></Panel>
        </div>
        <Panel title={say('进展', 'Steps')}>
          <Facts rows={[
            [say('提请时间', 'Prepared'), <Moment key="p" at={decision.created_at} />],
            [say('批准人数', 'Approvals'), `${decision.approvals_given} / ${decision.approvals_needed}`],
            [say('决定时间', 'Decided'), <Moment key="d" at={decision.decided_at} />],
          ]} />
          <ol className="history" style={{ marginTop: 14 }}>
            {decision.steps.map((step, i) => (
              <li key={i}><Moment at={step.at} /><p><strong>{step.by.name}</strong> <State of={step.verdict} table={DECISION_STATE} /></p>{step.reason && <p>{step.reason}</p>}</li>
            ))}
          </ol>
        </Panel>
      </div>
    </Page>
  );
}

interface Frozen {
  code: string;
  outcome: Schemas['Outcome'];
  text: { zh: string; en: string };
}

/** What it comes to stands first; the rest as it was frozen. */
const FIRST = ['outcome', 'new_tier', 'validity_years', 'evaluated', 'amount_fen', 'granted_fen', 'total_fen', 'enterprise_name'];
const rank = (key: string) => (FIRST.includes(key) ? FIRST.indexOf(key) : key === 'basis' ? FIRST.length + 1 : FIRST.length);

function Proposal({ decision }: { decision: Schemas['DecisionView'] }) {
  const say = useSay();
  const lang = useLang();
  const names = useNames();
  const plainly = usePlainly();
  const { enterprise, tier, leaves, ...rest } = decision.proposal as Record<string, unknown>;
  const subject = subjectLink(decision.subject);
  const firm = isObject(enterprise) ? String(enterprise.name ?? '') : '';
  const moves = Object.entries(rest).filter(([, value]) => isObject(value) && ('to' in value || 'new' in value)) as Array<[string, Record<string, unknown>]>;
  const facts = Object.entries(rest).filter(([key, value]) => !moves.some(([moved]) => moved === key) && !/_id$|^id$/.test(key) && value !== null && key !== 'certificate_prefix').sort(([a], [b]) => rank(a) - rank(b));
  const shown = (key: string, value: unknown): ReactNode => (/state$|^verdict$/.test(key) && typeof value === 'string' ? <State of={value} table={anyState(decision.subject.kind)} /> : plainly(value, `/${key}`));
  return (
    <>
      <p>
        {firm && <strong>{firm}</strong>} {typeof tier === 'string' && <>· {label(TIER, tier, lang)}</>} {subject && <Link to={subject.to} params={subject.params}>{say('打开原件', 'Open the record')}</Link>}
      </p>
      {(moves.length > 0 || Array.isArray(leaves)) && (
        <Wide label={say('批准后会发生什么', 'What an approval changes')}><table className="compare">
          <thead><tr><th scope="col">{say('内容', 'What')}</th><th scope="col">{say('现在', 'Now')}</th><th scope="col">{say('批准后', 'After approval')}</th></tr></thead>
          <tbody>
            {moves.map(([key, value]) => (
              <tr key={key}><th scope="row">{key === 'state' ? say('状态', 'State') : names(`/${key}`)}</th><td className="old">{shown(key, value.from ?? value.old)}</td><td className="new">{shown(key, value.to ?? value.new)}</td></tr>
            ))}
            {Array.isArray(leaves) && (leaves as Frozen[]).map((leaf) => (
              <tr key={leaf.code}><th scope="row">{leaf.text ? told(leaf.text, lang) : leaf.code}</th><td className="old"><OutcomeMark of={leaf.outcome} /></td><td className="new">{say('放行，不再阻碍受理', 'Let pass: no longer stands in the way')}</td></tr>
            ))}
          </tbody>
        </table></Wide>
      )}
      <div style={{ marginTop: 12 }}><Facts rows={facts.map(([key, value]) => [names(`/${key}`), <span key={key} style={{ whiteSpace: 'pre-wrap' }}>{plainly(value, `/${key}`)}</span>])} /></div>
    </>
  );
}
