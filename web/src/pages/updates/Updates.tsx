import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { DateField, NumberField, PercentField } from '../../form/fields';
import { lists } from '../../router';
import { ActionDialog } from '../../ui/actions';
import { Day, Due, Moment, Page, Panel, Rate, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { today } from '../../words/dates';
import { options, UPDATE_STATE } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

/** The yearly reports that came in, and the windows in which they are taken. */
export function Updates() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const filters = useFilters();
  const page = useSuspenseQuery(lists.updates(filters.value)).data;
  const windows = useSuspenseQuery(lists.windows({})).data.items;
  const [making, setMaking] = useState(false);
  return (
    <Page title={say('年度更新', 'Yearly reports')} lead={say('在库企业每年更新上一年度的数据，经办人逐项核验。', 'Members report the figures of the year before; an officer verifies them value by value.')}
      aside={may('update_window.create') && <Button onClick={() => setMaking(true)}>{say('开设填报窗口', 'Open a window')}</Button>}>
      <Panel title={say('填报窗口', 'Windows')}>
        <DataTable<Schemas['WindowView']> name="windows" caption={say('填报窗口', 'Windows')} rows={windows} id={(row) => String(row.year)} empty={say('还没有填报窗口。', 'No windows yet.')} columns={[
          { key: 'year', title: say('年度', 'Year'), show: (row) => (may('annual_update.missing') ? <Link to="/update-windows/$year" params={{ year: String(row.year) }}>{row.year}</Link> : row.year) },
          { key: 'from', title: say('开始', 'First day'), show: (row) => <Day on={row.opens_on} /> },
          { key: 'to', title: say('截止', 'Last day'), show: (row) => <Due on={row.due_on} /> },
          { key: 'share', title: say('须说明的变动', 'Explain above'), right: true, show: (row) => <Rate ppm={row.change_ppm} /> },
        ]} />
      </Panel>
      <Panel title={say('年度更新', 'Reports')}>
        <Filters value={filters.value} onChange={filters.set} filters={[
          { name: 'state', label: say('状态', 'State'), options: options(UPDATE_STATE, lang) },
          { name: 'year', label: say('年度', 'Year'), options: windows.map((one) => ({ value: String(one.year), label: String(one.year) })) },
        ]} />
        <DataTable<Schemas['AnnualUpdateSummary']> name="updates" caption={say('年度更新', 'Reports')} rows={page.items} id={(row) => row.id} empty={say('没有年度更新。', 'No reports.')} columns={[
          { key: 'enterprise', title: say('企业', 'Enterprise'), show: (row) => <Link to="/annual-updates/$id" params={{ id: row.id }}>{row.enterprise_name}</Link> },
          { key: 'year', title: say('年度', 'Year'), show: (row) => row.year },
          { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={UPDATE_STATE} /> },
          { key: 'at', title: say('提交时间', 'Handed in'), show: (row) => <Moment at={row.submitted_at} /> },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
      {making && <NewWindow onClose={() => setMaking(false)} />}
    </Page>
  );
}

function NewWindow({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const year = Number(today().slice(0, 4)) + 1;
  return (
    <ActionDialog action={{ action: 'update_window.create', allowed: true, method: 'POST', href: '/api/v1/update-windows' }} onClose={onClose}
      initial={{ year, opens_on: `${year}-03-01`, due_on: `${year}-05-31`, late_days: 30, change_ppm: 300_000, drop_ppm: 300_000 }}
      words={{ name: ['开设填报窗口', 'Open a window'], press: ['保存', 'Save'], explain: ['每年一个窗口；填报的是上一年度的数据。', 'One window a year; the figures are those of the year before.'] }}>
      <div className="grid">
        <NumberField at="/year" label={say('年度', 'Year')} required /><DateField at="/opens_on" label={say('开始日期', 'First day')} required /><DateField at="/due_on" label={say('截止日期', 'Last day')} required />
        <NumberField at="/late_days" label={say('逾期多少天列入预警', 'Days late until watched')} unit={say('天', 'days')} />
        <PercentField at="/change_ppm" label={say('变动超过多少须说明', 'Explain changes above')} /><PercentField at="/drop_ppm" label={say('营收下降多少列入预警', 'Fall in revenue until watched')} />
      </div>
    </ActionDialog>
  );
}
