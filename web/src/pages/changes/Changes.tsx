import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { read, type Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { lists } from '../../router';
import { ActionBar } from '../../ui/actions';
import { Day, Facts, Mark, Moment, Page, Panel, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { EnterpriseLink } from '../../ui/EnterpriseLink';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { CHANGE_KIND, CHANGE_STATE, label, options } from '../../words/labels';
import { useLang, useSay } from '../../words/say';
import { ChangeDialog } from './ChangeDialog';

export function Changes() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const filters = useFilters();
  const page = useSuspenseQuery(lists.changes(filters.value)).data;
  const [reporting, setReporting] = useState(false);
  return (
    <Page title={say('重大变更', 'Major changes')} lead={say('更名、合并、迁址、控制权变更：资格不变，或转入复核。', 'Renames, mergers, relocations, changes of control: the titles are kept or looked at again.')}
      aside={may('major_change.report') && <Button onClick={() => setReporting(true)}>{say('报告重大变更', 'Report a major change')}</Button>}>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[{ name: 'state', label: say('状态', 'State'), options: options(CHANGE_STATE, lang) }]} />
        <DataTable<Schemas['MajorChangeSummary']> name="changes" caption={say('重大变更', 'Major changes')} rows={page.items} id={(row) => row.id} empty={say('没有重大变更。', 'No major changes.')} columns={[
          { key: 'enterprise', title: say('企业', 'Enterprise'), show: (row) => <Link to="/major-changes/$id" params={{ id: row.id }}>{row.enterprise_name}</Link> },
          { key: 'kind', title: say('类别', 'Kind'), show: (row) => label(CHANGE_KIND, row.kind, lang) },
          { key: 'on', title: say('发生日期', 'Happened on'), show: (row) => <Day on={row.occurred_on} /> },
          { key: 'at', title: say('报告时间', 'Reported'), show: (row) => <><Moment at={row.reported_at} /> {row.late && <Mark tone="warn">{say('逾期', 'Late')}</Mark>}</> },
          { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={CHANGE_STATE} /> },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
      {reporting && <ChangeDialog onClose={() => setReporting(false)} />}
    </Page>
  );
}

export function ChangePage() {
  const say = useSay();
  const lang = useLang();
  const { id = '' } = useParams({ strict: false });
  const view = useSuspenseQuery(read('/api/v1/major-changes/{id}', { params: { path: { id } } })).data;
  const { detail } = view;
  return (
    <Page title={label(CHANGE_KIND, view.kind, lang)} tags={<><State of={view.state} table={CHANGE_STATE} />{view.late && <Mark tone="warn">{say('逾期报告', 'Reported late')}</Mark>}</>} narrow
      lead={<EnterpriseLink id={view.enterprise_id} name={view.enterprise_name} />}>
      <Panel><ActionBar record={view} /></Panel>
      <Panel>
        <Facts rows={[
          detail.old_name ? [say('原名称', 'Old name'), detail.old_name] : false, detail.new_name ? [say('新名称', 'New name'), detail.new_name] : false, detail.new_address ? [say('新地址', 'New address'), detail.new_address] : false,
          detail.new_controller ? [say('新的实际控制人', 'Who controls it now'), detail.new_controller] : false,
          detail.counterpart_code ? [say('合并对方', 'Merged with'), <code key="c">{detail.counterpart_code}</code>] : false,
          view.kind === 'merger' ? [say('合并后存续', 'What goes on'), detail.absorbed ? say('对方', 'the other enterprise') : say('本企业', 'this enterprise')] : false,
          [say('发生日期', 'Happened on'), <Day key="o" on={view.occurred_on} />], [say('报告时间', 'Reported'), <Moment key="r" at={view.reported_at} />], [say('应在此前报告', 'Report by'), <Day key="d" on={view.due_on} />],
          [say('说明', 'Note'), view.note],
          view.resolved_at ? [say('处理时间', 'Settled'), <Moment key="s" at={view.resolved_at} />] : false, view.resolution ? [say('处理理由', 'Why so'), view.resolution] : false,
        ]} />
        {view.recheck_ids.length > 0 && <ul className="plain-list below">{view.recheck_ids.map((one) => <li key={one}><Link to="/rechecks/$id" params={{ id: one }}>{say('打开复核', 'Open the re-check')}</Link></li>)}</ul>}
      </Panel>
    </Page>
  );
}
