import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { lists } from '../../router';
import { Day, Page, Panel, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { day } from '../../words/dates';
import { label, LANE, MEMBERSHIP_STATE, options, TIER } from '../../words/labels';
import { useLang, useSay } from '../../words/say';
import { CandidateDialog } from './CandidateDialog';

/** No longer a member by this title: its certificate holds no more, whatever it says. */
const ENDED = ['promoted', 'demoted', 'exited', 'revoked', 'expired'];

export function Library() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const filters = useFilters();
  const page = useSuspenseQuery(lists.memberships(filters.value)).data;
  const [adding, setAdding] = useState(false);
  const past = filters.value.as_of;
  return (
    <Page title={say('在库企业', 'Members')} lead={say('未来潜力企业动态培育库：认定的企业、储备企业和曾经在库的企业。', 'The library of potential future enterprises: recognised members, candidates, and former members.')} aside={may('recheck.create') && <Button onClick={() => setAdding(true)}>{say('录入储备企业', 'Add a candidate')}</Button>}>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[
          { name: 'state', label: say('状态', 'State'), options: options(MEMBERSHIP_STATE, lang) },
          { name: 'tier', label: say('类别', 'Tier'), options: options(TIER, lang) },
          { name: 'lane', label: say('通道', 'Lane'), options: options(LANE, lang) },
          { name: 'ends_by', label: say('有效期不晚于', 'Valid until, at the latest'), date: true },
          { name: 'as_of', label: say('截至哪一天', 'As of'), date: true },
        ]} />
        {past && <Alert type="info" showIcon className="problem" title={say(`以下是 ${day(past, lang)} 当天结束时的状态。`, `This is the library as it stood at the end of ${day(past, lang)}.`)} />}
        <DataTable<Schemas['MembershipSummary']> name="library" caption={say('培育库', 'Library')} rows={page.items} id={(row) => row.id} empty={say('没有符合条件的企业。', 'No enterprise matches.')} columns={[
          { key: 'enterprise', title: say('企业', 'Enterprise'), show: (row) => <Link to="/library/$id" params={{ id: row.id }}>{row.enterprise_name}</Link> },
          { key: 'tier', title: say('类别', 'Tier'), show: (row) => label(TIER, row.tier, lang) },
          { key: 'lane', title: say('通道', 'Lane'), extra: true, show: (row) => label(LANE, row.lane, lang) },
          { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={MEMBERSHIP_STATE} /> },
          { key: 'number', title: say('证书编号', 'Certificate'), show: (row) => row.certificate_number ?? '—' },
          { key: 'from', title: say('有效期自', 'Valid from'), extra: true, show: (row) => <Day on={row.valid_from} /> },
          { key: 'to', title: say('有效期至', 'Valid to'), show: (row) => (ENDED.includes(row.state) && row.valid_to ? <span className="soft">{say('原至 ', 'was to ')}<Day on={row.valid_to} /></span> : <Day on={row.valid_to} />) },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
      {adding && <CandidateDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}
