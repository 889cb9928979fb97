import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { read, type Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { lists, pastQuery, pathQuery } from '../../router';
import { ActionBar } from '../../ui/actions';
import { Day, Empty, Facts, Moment, Page, Panel, ProblemNote, Rate, State } from '../../ui/basics';
import { OutcomeMark, amount } from '../../ui/RuleTree';
import { EnterpriseLink } from '../../ui/EnterpriseLink';
import { History } from '../../ui/History';
import { Reason } from '../../ui/Reason';
import { label, LANE, MEMBERSHIP_SOURCE, MEMBERSHIP_STATE, RECHECK_CAUSE, RECHECK_OUTCOME, RECHECK_STATE, TIER, WATCH_TRIGGER } from '../../words/labels';
import { told, useLang, useSay } from '../../words/say';
import { percent, roundedShare } from '../../words/money';
import { inTheWay } from './shown';

type View = Schemas['MembershipView'];

export function MembershipPage() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const { id = '' } = useParams({ strict: false });
  const membership = useSuspenseQuery(read('/api/v1/memberships/{id}', { params: { path: { id } } })).data;
  const navigate = useNavigate();
  const live = !membership.ended_at;
  return (
    <Page title={membership.enterprise_name} tags={<State of={membership.state} table={MEMBERSHIP_STATE} />} lead={label(TIER, membership.tier, lang)}
      aside={membership.certificate_number && <Button onClick={() => print()}>{say('打印证书', 'Print the certificate')}</Button>}>
      <div className="no-print">
        <Panel>
          <ActionBar record={membership} initial={{ 'recheck.create': { membership_id: id } }}
            onDone={(action, made) => { if (action === 'recheck.create') void navigate({ to: '/rechecks/$id', params: { id: (made as Schemas['RecheckView']).id } }); }} />
        </Panel>
      </div>
      <div className="columns">
        <div>
          {membership.certificate_number && <Certificate membership={membership} />}
          {may('promotion.view') && live && <div className="no-print"><PromotionPath id={id} /></div>}
        </div>
        <div className="no-print">
          <Panel title={say('在库信息', 'Membership')}>
            <Facts rows={[
              [say('企业', 'Enterprise'), <EnterpriseLink key="e" id={membership.enterprise_id} name={membership.enterprise_name} />],
              [say('通道', 'Lane'), label(LANE, membership.lane, lang)],
              [say('来源', 'Source'), label(MEMBERSHIP_SOURCE, membership.source, lang)],
              [say('来源说明', 'How it came in'), origin(membership.source_detail, say('、', ', '))],
              [say('入库时间', 'Since'), <Moment key="s" at={membership.created_at} />],
              membership.valid_to ? [say('有效期', 'Valid'), <span key="v"><Day on={membership.valid_from} /> – <Day on={membership.valid_to} /></span>] : false,
              membership.watch_trigger ? [say('预警原因', 'Watched for'), label(WATCH_TRIGGER, membership.watch_trigger, lang)] : false,
              membership.watched_since ? [say('预警开始', 'Watched since'), <Moment key="w" at={membership.watched_since} />] : false,
              membership.application_id ? [say('申报', 'Application'), <Link key="a" to="/applications/$id" params={{ id: membership.application_id }}>{say('打开申报', 'Open the application')}</Link>] : false,
              membership.ended_at ? [say('结束时间', 'Ended'), <Moment key="x" at={membership.ended_at} />] : false,
              membership.end_reason ? [say('结束原因', 'Why it ended'), <Reason key="y" text={membership.end_reason} />] : false,
            ]} />
            <p className="below"><Link to="/library" search={{ enterprise_id: membership.enterprise_id }}>{say('该企业的全部在库资格', 'All memberships of this enterprise')}</Link></p>
          </Panel>
          {may('recheck.list') && <PastRechecks id={id} />}
          {may('timeline.view') && <Past id={id} />}
        </div>
      </div>
    </Page>
  );
}

function origin(detail: Schemas['CandidateOrigin'] | null | undefined, comma: string): string {
  return [detail?.event, detail?.place, detail?.track, detail?.referred_by, detail?.note].filter(Boolean).join(comma);
}

function Certificate({ membership }: { membership: View }) {
  const say = useSay();
  const lang = useLang();
  return (
    <Panel>
      <div className="certificate">
        <h2>{say('证书', 'Certificate')}</h2>
        <p>{say('兹认定', 'This certifies that')}</p>
        <p className="name">{membership.enterprise_name}</p>
        <p>{say('为崂山区', 'is recognised by Laoshan District as')} <strong>{label(TIER, membership.tier, lang)}</strong></p>
        <p>{say('证书编号', 'Number')} <code>{membership.certificate_number}</code></p>
        <p>{say('有效期', 'Valid')} <Day on={membership.valid_from} /> {say('至', 'to')} <Day on={membership.valid_to} /></p>
      </div>
      <p className="soft no-print">{say('任何人可以在', 'Anybody can verify it at')} <Link to="/certificates" search={{ number: membership.certificate_number ?? '' }}>{say('证书查验', 'certificate check')}</Link>{say('页面核对。', '.')}</p>
    </Panel>
  );
}

/** What separates the member from the next tier on the figures of today, rule by rule; the nearest first. */
function PromotionPath({ id }: { id: string }) {
  const say = useSay();
  const lang = useLang();
  const { data: path, error } = useQuery({ ...pathQuery(id), retry: false });
  if (error) return <Panel title={say('晋级路径', 'Way to the next tier')}><ProblemNote problem={error} /></Panel>;
  if (!path) return null;
  const missing = inTheWay(path.leaves);
  const others = path.leaves.filter((leaf) => !leaf.blocking);
  return (
    <Panel title={say('晋级路径', 'Way to the next tier')} extra={path.outcome && <OutcomeMark of={path.outcome} />}>
      {!path.next_tier ? <p className="soft">{say('没有更高的类别。', 'There is no tier above this one.')}</p> : (
        <>
          <p>{say(`高一级类别：${label(TIER, path.next_tier, lang)}`, `Next: ${label(TIER, path.next_tier, lang).toLowerCase()}`)} · {path.unmet === 0 ? say('没有不满足的条件', 'no rule is failed') : say(`至少还差 ${path.unmet} 项`, `at least ${path.unmet} ${path.unmet === 1 ? 'rule' : 'rules'} short`)}
            {path.largest_gap_ppm ? <> · {say('最大差距', 'largest gap')} <Rate ppm={roundedShare(path.largest_gap_ppm)} /></> : null} · <span className="soft">{say('数据日期', 'figures of')} <Day on={path.as_of} /></span></p>
          <ul className="rules">{missing.map((leaf) => <PathLeaf key={leaf.code} leaf={leaf} />)}</ul>
          {others.length > 0 && (
            <details><summary>{say(`其余 ${others.length} 项条件`, `The other ${others.length} rules`)}</summary><ul className="rules">{others.map((leaf) => <PathLeaf key={leaf.code} leaf={leaf} />)}</ul></details>
          )}
        </>
      )}
    </Panel>
  );
}

function PathLeaf({ leaf }: { leaf: Schemas['PathLeaf'] }) {
  const say = useSay();
  const lang = useLang();
  const share = leaf.relative_gap_ppm ? percent(roundedShare(leaf.relative_gap_ppm)) : undefined;
  const gap = leaf.gap && leaf.needs && leaf.outcome !== 'met' ? amount(Math.abs(leaf.gap), leaf.needs.unit, lang) : undefined;
  return (
    <li className={leaf.blocking ? 'rule rule-blocking' : leaf.outcome === 'not_applicable' ? 'rule rule-skipped' : 'rule'}>
      <div className="rule-line"><span className="rule-text">{told(leaf.told, lang)}</span><OutcomeMark of={leaf.outcome} /></div>
      <ul className="rule-detail">
        {gap && <li><strong>{say('还差', 'Short by')} {gap}</strong>{share && say(`（差额占要求的 ${share}）`, ` (${share} of what is needed is missing)`)}</li>}
        {leaf.basis && leaf.blocking && <li>{say('依据：', 'Basis: ')}{told(leaf.basis, lang)}</li>}
      </ul>
    </li>
  );
}

/** What the membership has been through, since it began. */
function Past({ id }: { id: string }) {
  const say = useSay();
  const past = useQuery({ ...pastQuery(id), retry: false }).data;
  return past ? <Panel title={say('经过', 'History')}><History items={past.items} states={MEMBERSHIP_STATE} /></Panel> : null;
}

function PastRechecks({ id }: { id: string }) {
  const say = useSay();
  const lang = useLang();
  const page = useQuery({ ...lists.rechecks({ membership_id: id }), retry: false }).data;
  if (!page) return null;
  return (
    <Panel title={say('复核', 'Re-checks')}>
      {page.items.length === 0 ? <Empty>{say('没有复核。', 'None.')}</Empty> : (
        <ul className="rules">{page.items.map((one) => (
          <li key={one.id} className="rule"><div className="rule-line">
            <Link className="rule-text" to="/rechecks/$id" params={{ id: one.id }}>{label(RECHECK_CAUSE, one.cause, lang)} · <Moment at={one.opened_at} /></Link>
            {one.outcome ? <State of={one.outcome} table={RECHECK_OUTCOME} /> : <State of={one.state} table={RECHECK_STATE} />}
          </div></li>
        ))}</ul>
      )}
    </Panel>
  );
}
