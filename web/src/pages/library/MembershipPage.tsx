import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { read } from '../../api/client';
import { ActionBar } from '../../ui/actions';
import { Day, Facts, Moment, Page, Panel, State } from '../../ui/basics';
import { label, LANE, MEMBERSHIP_SOURCE, MEMBERSHIP_STATE, TIER } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

export function MembershipPage() {
  const say = useSay();
  const lang = useLang();
  const { id = '' } = useParams({ strict: false });
  const membership = useSuspenseQuery(read('/api/v1/memberships/{id}', { params: { path: { id } } })).data;
  return (
    <Page title={membership.enterprise_name} tags={<State of={membership.state} table={MEMBERSHIP_STATE} />} lead={label(TIER, membership.tier, lang)} narrow
      aside={membership.certificate_number && <Button onClick={() => print()}>{say('打印证书', 'Print the certificate')}</Button>}>
      <ActionBar record={membership} />
      <br />
      {membership.certificate_number && (
        <Panel>
          <div className="certificate">
            <h2>{say('证书', 'Certificate')}</h2>
            <p>{say('兹认定', 'This certifies that')}</p>
            <p className="name">{membership.enterprise_name}</p>
            <p>{say('为崂山区', 'is recognised by Laoshan District as')} <strong>{label(TIER, membership.tier, lang)}</strong></p>
            <p>{say('证书编号', 'Number')} <code>{membership.certificate_number}</code></p>
            <p>{say('有效期', 'Valid')} <Day on={membership.valid_from} /> {say('至', 'to')} <Day on={membership.valid_to} /></p>
          </div>
          <p className="soft no-print">{say('任何人可以在', 'Anybody can verify it at')} <Link to="/certificates" search={{ number: membership.certificate_number }}>{say('证书查验', 'certificate check')}</Link>{say('页面核对。', '.')}</p>
        </Panel>
      )}
      <div className="no-print">
        <Panel title={say('在库信息', 'Membership')}>
          <Facts rows={[
            [say('企业', 'Enterprise'), <Link key="e" to="/enterprises/$id" params={{ id: membership.enterprise_id }}>{membership.enterprise_name}</Link>],
            [say('通道', 'Lane'), label(LANE, membership.lane, lang)],
            [say('来源', 'Source'), label(MEMBERSHIP_SOURCE, membership.source, lang)],
            [say('入库时间', 'Since'), <Moment key="s" at={membership.created_at} />],
            membership.application_id ? [say('申报', 'Application'), <Link key="a" to="/applications/$id" params={{ id: membership.application_id }}>{say('打开申报', 'Open the application')}</Link>] : false,
            membership.ended_at ? [say('结束时间', 'Ended'), <Moment key="x" at={membership.ended_at} />] : false,
            membership.end_reason ? [say('结束原因', 'Why it ended'), membership.end_reason] : false,
          ]} />
        </Panel>
      </div>
    </Page>
  );
}
