import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { read, type Schemas } from '../../api/client';
import { useMe } from '../../api/me';
import { useSend } from '../../form/useSend';
import { lists, ROUNDS } from '../../router';
import { Day, Due, Empty, Mark, Moment, Page, Panel, ProblemNote, State } from '../../ui/basics';
import { Barred } from '../../ui/Barred';
import { DataTable } from '../../ui/DataTable';
import { LinkButton } from '../../ui/LinkButton';
import { today } from '../../words/dates';
import { APPLICATION_STATE, label, MEMBERSHIP_STATE, TIER } from '../../words/labels';
import { told, useLang, useSay } from '../../words/say';
import { ClaimDialog } from './ClaimDialog';
import { nextSteps, openings, yearlyOpenings } from './next';
import { Reports } from './Reports';

/** An applicant's day: what to do next and until when, what runs, where one may apply, what one has. */
export function Home() {
  const say = useSay();
  const lang = useLang();
  const me = useMe();
  const rounds = useSuspenseQuery(ROUNDS).data.items;
  const applications = useSuspenseQuery(lists.applications({})).data.items;
  const memberships = useSuspenseQuery(lists.memberships({})).data.items;
  const items = useSuspenseQuery(lists.items({})).data.items;
  const plans = useSuspenseQuery(lists.plans({})).data.items;
  const [claiming, setClaiming] = useState(false);
  const claims = useSuspenseQuery(lists.subsidies({})).data.items;
  const updates = useSuspenseQuery(lists.updates({})).data.items;
  const windows = useSuspenseQuery(lists.windows({})).data.items;
  const steps = nextSteps(applications, rounds, today(), items, plans, claims, updates, windows);
  const reports = yearlyOpenings(windows, updates, memberships, today());
  const roundName = (id: string) => rounds.find((one) => one.id === id)?.name ?? '—';
  return (
    <Page title={say(`${me.name}，您好`, `Hello, ${me.name}`)} lead={me.enterprises.length === 1 ? me.enterprises[0]?.name : undefined}
      aside={<Button onClick={() => setClaiming(true)}>{say('认领或新增企业', 'Add an enterprise')}</Button>}>
      {me.enterprises.some((one) => !one.verified) && (
        <Panel><p className="soft">{say('您能否代表企业尚待经办人核验。可以先填写申报，核验后才能提交。', 'An officer has yet to verify that you act for the enterprise. Fill in forms already; submitting comes after.')}</p></Panel>
      )}
      {me.enterprises.map((one) => <Bar key={one.id} id={one.id} all={me.enterprises.length > 1} />)}
      <Panel title={say('接下来要做的', 'What to do next')}>
        {steps.length === 0 && reports.length === 0 && <Empty>{me.enterprises.some((one) => openings(rounds, applications, one.id).length > 0)
          ? say('目前没有需要您处理的事；可以从下面的批次开始申报。', 'Nothing waits for you at present; you can apply in a round below.')
          : say('目前没有需要您处理的事。', 'Nothing waits for you at present.')}</Empty>}
        <div className="cards">
          {reports.map(({ window, enterprise }) => (
            <div key={`${window.year}${enterprise.enterprise_id}`} className="card next-step">
              <h3>{say('填报年度更新', 'Fill in your yearly report')}</h3>
              <p className="soft">{enterprise.enterprise_name} · {window.year}</p>
              <p>{say('截止：', 'Due: ')}<Due on={window.due_on} /></p>
              <div className="card-end"><Button href="#yearly-reports">{say('见下方“年度更新”', 'See “Yearly reports” below')}</Button></div>
            </div>
          ))}
          {steps.map((step) => (
            <div key={step.key} className={step.urgent ? 'card next-step urgent' : 'card next-step'}>
              <h3>{told(step.what, lang)}</h3>
              <p className="soft">{step.about}</p>
              {step.due && <p>{say('截止：', 'Due: ')}{step.due.length > 10 ? <Due at={step.due} /> : <Due on={step.due} />}</p>}
              <div className="card-end"><LinkButton color="primary" variant="solid" to={step.to.path} params={{ id: step.to.id }}>{say('去处理', 'Go')}</LinkButton></div>
            </div>
          ))}
        </div>
      </Panel>
      {me.enterprises.map((enterprise) => (
        <Openings key={enterprise.id} enterprise={enterprise} all={me.enterprises.length > 1} rounds={rounds} applications={applications} />
      ))}
      <Reports />
      <Panel title={say('我的申报', 'My applications')}>
        <DataTable name="my-applications" caption={say('我的申报', 'My applications')} rows={applications} id={(row) => row.id}
          empty={say('还没有申报。', 'No applications yet.')} columns={[
            { key: 'round', title: say('批次', 'Round'), show: (row) => <Link to="/applications/$id" params={{ id: row.id }}>{roundName(row.round_id)}</Link> },
            { key: 'tier', title: say('类别', 'Tier'), show: (row) => label(TIER, row.tier, lang) },
            { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={APPLICATION_STATE} /> },
            { key: 'at', title: say('提交时间', 'Submitted'), show: (row) => <Moment at={row.submitted_at} /> },
          ]} />
      </Panel>
      <Panel title={say('在库资格与证书', 'Memberships and certificates')}>
        <DataTable name="my-memberships" caption={say('在库资格', 'Memberships')} rows={memberships} id={(row) => row.id}
          empty={say('尚未入库。认定后证书会出现在这里。', 'Not in the library yet. Certificates appear here after recognition.')} columns={[
            { key: 'number', title: say('证书编号', 'Certificate'), show: (row) => <Link to="/library/$id" params={{ id: row.id }}>{row.certificate_number ?? say('储备（无证书）', 'Candidate (no certificate)')}</Link> },
            { key: 'tier', title: say('类别', 'Tier'), show: (row) => label(TIER, row.tier, lang) },
            { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={MEMBERSHIP_STATE} /> },
            { key: 'to', title: say('有效期至', 'Valid to'), show: (row) => <Day on={row.valid_to} /> },
          ]} />
      </Panel>
      <Panel title={say('企业资料', 'Enterprise record')}>
        <ul className="rules">
          {me.enterprises.map((one) => (
            <li key={one.id} className="rule"><div className="rule-line">
              <Link className="rule-text" to="/enterprises/$id" params={{ id: one.id }}>{one.name}</Link>
              {one.verified ? <Mark tone="good">{say('已核验', 'Verified')}</Mark> : <Mark tone="warn">{say('待核验', 'To be verified')}</Mark>}
            </div></li>
          ))}
        </ul>
        {me.enterprises.length === 0 && <Empty>{say('还没有关联企业，请先认领。', 'No enterprise yet: add one first.')}</Empty>}
      </Panel>
      {claiming && <ClaimDialog onClose={() => setClaiming(false)} />}
    </Page>
  );
}

function Bar({ id, all }: { id: string; all: boolean }) {
  const enterprise = useQuery(read('/api/v1/enterprises/{id}', { params: { path: { id } } })).data;
  return <Barred {...(all && enterprise ? { name: enterprise.name } : {})} until={enterprise?.barred_until} />;
}

function Openings({ enterprise, all, rounds, applications }: {
  enterprise: Schemas['MyEnterpriseView']; all: boolean; rounds: Schemas['RoundSummary'][]; applications: Schemas['ApplicationSummary'][];
}) {
  const say = useSay();
  const lang = useLang();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { send, problem, busy } = useSend();
  const me = useMe();
  const found = openings(rounds, applications, enterprise.id);
  const earlier = applications.find((one) => one.enterprise.id === enterprise.id);
  if (found.length === 0) return null;
  const begin = async (round_id: string, tier: string) => {
    const made = await send<Schemas['ApplicationView']>({ method: 'POST', href: '/api/v1/applications', body: { round_id, enterprise_id: enterprise.id, tier, ...(earlier ? { copy_from: earlier.id } : {}) } });
    if (!made) return;
    // Whoever applies for the first time is most likely the contact; the form lets them say otherwise.
    if (!earlier) await send({ method: 'PATCH', href: `/api/v1/applications/${made.id}`, version: made.version, body: { contact: { name: me.name, email: me.email, ...(me.mobile ? { mobile: me.mobile } : {}) } } });
    void client.invalidateQueries();
    await navigate({ to: '/applications/$id/form', params: { id: made.id } });
  };
  return (
    <Panel title={all ? say(`${enterprise.name}：可以申报`, `${enterprise.name}: open rounds`) : say('可以申报', 'Open rounds')}>
      <ProblemNote problem={problem} />
      {earlier && <p className="soft">{say('申报表沿用最近一次申报的内容，承诺和附件须重新提供。', 'The form begins with what your latest application said; statements and files are given anew.')}</p>}
      <div className="cards">
        {found.map(({ round, tiers }) => (
          <div key={round.id} className="card">
            <h3>{round.name}</h3>
            <p>{say('截止：', 'Closes: ')}<Due at={round.closes_at} /></p>
            <div className="card-end">
              {tiers.map((tier) => (
                <Button key={tier} size="small" disabled={busy} onClick={() => void begin(round.id, tier)}>{say(`申报${label(TIER, tier, lang)}`, `Apply as ${label(TIER, tier, lang).toLowerCase()}`)}</Button>
              ))}
            </div>
          </div>
        ))}
      </div>
    </Panel>
  );
}
