import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { read, type Action, type Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { lists } from '../../router';
import { ActionBar } from '../../ui/actions';
import { Amount, Day, Facts, Moment, Page, Panel, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { label, LEAD_STAGE, options } from '../../words/labels';
import { useLang, useSay } from '../../words/say';
import { AdvanceLead, EditLead, NewLead } from './LeadDialogs';
import { useTrackChoices, useTrackName } from './tracks';

/** Enterprises that are courted for the local chain. */
export function Leads() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const filters = useFilters();
  const tracks = useTrackChoices();
  const name = useTrackName();
  const page = useSuspenseQuery(lists.leads(filters.value)).data;
  const [making, setMaking] = useState(false);
  return (
    <Page title={say('招引线索', 'Leads')} lead={say('为补齐产业链而招引的企业：线索、洽谈、签约、落地。', 'Enterprises courted to fill the chain: lead, negotiating, signed, landed.')}
      aside={may('recruitment_lead.write') && <Button type="primary" onClick={() => setMaking(true)}>{say('登记招引线索', 'Add a lead')}</Button>}>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[{ name: 'stage', label: say('进度', 'Stage'), options: options(LEAD_STAGE, lang) }, { name: 'track', label: say('赛道', 'Track'), options: tracks }]} />
        <DataTable<Schemas['LeadSummary']> name="leads" caption={say('招引线索', 'Leads')} rows={page.items} id={(row) => row.id} empty={say('没有线索。', 'No leads.')} columns={[
          { key: 'name', title: say('企业', 'Enterprise'), show: (row) => <Link to="/leads/$id" params={{ id: row.id }}>{row.name}</Link> },
          { key: 'track', title: say('赛道', 'Track'), show: (row) => name(row.track) }, { key: 'stage', title: say('进度', 'Stage'), show: (row) => <State of={row.stage} table={LEAD_STAGE} /> },
          { key: 'investment', title: say('承诺投资', 'Promised investment'), right: true, show: (row) => <Amount fen={row.investment_fen} /> }, { key: 'at', title: say('最近更新', 'Updated'), show: (row) => <Moment at={row.updated_at} /> },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} shown={page.items.length} onCursor={filters.page} />
      </Panel>
      {making && <NewLead track={filters.value.track} onClose={() => setMaking(false)} />}
    </Page>
  );
}

const STAGES = ['lead', 'negotiating', 'signed', 'landed'];

export function LeadPage() {
  const say = useSay();
  const lang = useLang();
  const name = useTrackName();
  const { id = '' } = useParams({ strict: false });
  const lead = useSuspenseQuery(read('/api/v1/recruitment-leads/{id}', { params: { path: { id } } })).data;
  const [doing, setDoing] = useState<Action | null>(null);
  const at = STAGES.indexOf(lead.stage);
  return (
    <Page title={lead.name} tags={<State of={lead.stage} table={LEAD_STAGE} />} narrow lead={name(lead.track)}>
      {at >= 0 && <ol className="steps-line" aria-label={say('进度', 'Stages')}>{STAGES.map((stage, i) => <li key={stage} className={i === at ? 'here' : i < at ? 'done' : ''} aria-current={i === at ? 'step' : undefined}>{label(LEAD_STAGE, stage, lang)}</li>)}</ol>}
      <Panel><ActionBar record={lead} own={{ 'recruitment_lead.write': setDoing, 'recruitment_lead.advance': setDoing }} order={['recruitment_lead.advance']} /></Panel>
      <Panel>
        <Facts rows={[
          [say('联系人', 'Contact'), lead.contact], [say('联系电话', 'Telephone'), lead.contact_phone], [say('承诺投资额', 'Promised investment'), <Amount key="i" fen={lead.investment_fen} />],
          [say('双方承诺', 'What was promised'), lead.promised && <span key="p" className="written">{lead.promised}</span>],
          lead.link_id ? [say('要补的环节', 'Fills'), <Link key="l" to="/links/$id" params={{ id: lead.link_id }}>{say('打开缺失环节', 'Open the missing link')}</Link>] : false,
          lead.enterprise_id ? [say('企业档案', 'Its record'), <Link key="e" to="/enterprises/$id" params={{ id: lead.enterprise_id }}>{say('打开企业档案', 'Open the record')}</Link>] : false,
          lead.agreement_number ? [say('落地协议', 'Landing agreement'), lead.agreement_number] : false, lead.signed_on ? [say('签订日期', 'Signed on'), <Day key="s" on={lead.signed_on} />] : false,
          lead.agreement_ends_on ? [say('协议到期日', 'Binds until'), <Day key="b" on={lead.agreement_ends_on} />] : false, lead.landed_on ? [say('落地日期', 'Landed on'), <Day key="d" on={lead.landed_on} />] : false,
          lead.lost_reason ? [say('流失原因', 'Why it was lost'), lead.lost_reason] : false, [say('登记时间', 'Noted'), <Moment key="c" at={lead.created_at} />],
        ]} />
      </Panel>
      {doing?.action === 'recruitment_lead.advance' && <AdvanceLead lead={lead} action={doing} onClose={() => setDoing(null)} />}
      {doing?.action === 'recruitment_lead.write' && <EditLead lead={lead} action={doing} onClose={() => setDoing(null)} />}
    </Page>
  );
}
