import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { DateField, TextField, YesNoField } from '../../form/fields';
import { lists, TRACKS } from '../../router';
import { ActionDialog } from '../../ui/actions';
import { Day, Page, Panel, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { LinkButton } from '../../ui/LinkButton';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { ENTERPRISE_STATUS, label, options, TIER } from '../../words/labels';
import { told, useLang, useSay } from '../../words/say';

export function Enterprises() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const navigate = useNavigate();
  const client = useQueryClient();
  const filters = useFilters();
  const [making, setMaking] = useState(false);
  const page = useSuspenseQuery(lists.enterprises(filters.value)).data;
  const tracks = useSuspenseQuery(TRACKS).data;
  const trackName = (code: string) => {
    const known = [...tracks.tracks, ...tracks.watch_list].find((one) => one.code === code);
    return known ? told(known.name, lang) : code;
  };
  return (
    <Page title={say('企业', 'Enterprises')} aside={(
      <>
        {may('enterprise.import') && <LinkButton to="/enterprises/import">{say('批量导入', 'Import')}</LinkButton>}
        {may('enterprise.create') && <Button type="primary" onClick={() => setMaking(true)}>{say('新建档案', 'New record')}</Button>}
      </>
    )}>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[
          { name: 'q', label: say('名称', 'Name'), text: true },
          { name: 'credit_code', label: say('信用代码', 'Credit code'), text: true },
          { name: 'track', label: say('赛道', 'Track'), options: tracks.tracks.map((one) => ({ value: one.code, label: told(one.name, lang) })) },
          { name: 'tier', label: say('在库类别', 'Tier'), options: options(TIER, lang) },
          { name: 'status', label: say('登记状态', 'Status'), options: options(ENTERPRISE_STATUS, lang) },
          ...(may('member.verify') ? [{ name: 'unverified', label: say('人员核验', 'People'), options: [{ value: 'true', label: say('待核验人员', 'People to verify') }] }] : []),
          { name: 'sort', label: say('排序', 'Order'), blank: say('默认', 'Usual'), options: [{ value: 'newest', label: say('最新建档', 'Newest') }, { value: 'name', label: say('名称', 'Name') }] },
        ]} />
        <DataTable<Schemas['EnterpriseSummary']> name="enterprises" caption={say('企业', 'Enterprises')} rows={page.items} id={(row) => row.id} empty={say('没有符合条件的企业。', 'No enterprise matches.')} columns={[
          { key: 'name', title: say('企业', 'Enterprise'), show: (row) => <Link to="/enterprises/$id" params={{ id: row.id }}>{row.name}</Link> },
          { key: 'code', title: say('信用代码', 'Credit code'), show: (row) => <code>{row.credit_code}</code> },
          { key: 'track', title: say('主赛道', 'Main track'), show: (row) => (row.main_track ? trackName(row.main_track) : row.tracks[0] ? trackName(row.tracks[0]) : '—') },
          { key: 'tiers', title: say('在库类别', 'Tiers'), show: (row) => row.tiers.map((tier) => label(TIER, tier, lang)).join(lang === 'en' ? ', ' : '、') || '—' },
          { key: 'status', title: say('登记状态', 'Status'), show: (row) => <State of={row.status} table={ENTERPRISE_STATUS} /> },
          { key: 'on', title: say('成立日期', 'Registered'), extra: true, show: (row) => <Day on={row.registered_on} /> },
          { key: 'park', title: say('园区', 'Park'), extra: true, show: (row) => row.park ?? '—' },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
      {making && (
        <ActionDialog action={{ action: 'enterprise.create', allowed: true, method: 'POST', href: '/api/v1/enterprises' }} initial={{ credit_code: '', name: '' }}
          words={{ name: ['新建企业档案', 'New enterprise record'], press: ['保存', 'Save'] }} onClose={() => setMaking(false)}
          onDone={(made) => { void client.invalidateQueries(); void navigate({ to: '/enterprises/$id', params: { id: (made as Schemas['EnterpriseView']).id } }); }}>
          <TextField at="/credit_code" label={say('统一社会信用代码', 'Unified social credit code')} maxLength={18} required />
          <TextField at="/name" label={say('企业名称', 'Name')} required />
          <DateField at="/registered_on" label={say('成立日期', 'Registered on')} />
          <TextField at="/capital" label={say('注册资本', 'Capital')} hint={say('照抄营业执照，例如：1000万元人民币', 'In the words of the licence')} />
          <TextField at="/address" label={say('注册地址', 'Address')} />
          <YesNoField at="/registered_in_laoshan" label={say('注册地在崂山区', 'Registered in Laoshan')} />
        </ActionDialog>
      )}
    </Page>
  );
}
