import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { lists, missingQuery, windowQuery } from '../../router';
import { ActionBar } from '../../ui/actions';
import { Day, Due, Facts, Moment, Page, Panel, Rate } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { EnterpriseLink } from '../../ui/EnterpriseLink';
import { LinkButton } from '../../ui/LinkButton';
import { Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import type { Schemas } from '../../api/client';
import { useSay } from '../../words/say';

/** A window of yearly reports, and who has not reported in it. */
export function WindowPage() {
  const say = useSay();
  const { year = '' } = useParams({ strict: false });
  const filters = useFilters();
  const view = useSuspenseQuery(windowQuery(year)).data;
  const missing = useSuspenseQuery(missingQuery(year, filters.value)).data;
  const handed = useSuspenseQuery(lists.updates({ year })).data;
  return (
    <Page title={say(`${view.year} 年度填报窗口`, `Reporting window ${view.year}`)} aside={<LinkButton to="/annual-updates" search={{ year }}>{say(`年度更新（${handed.total ?? handed.items.length}）`, `Reports (${handed.total ?? handed.items.length})`)}</LinkButton>}>
      <Panel><ActionBar record={view} initial={{ 'update_window.update': { due_on: view.due_on } }} /></Panel>
      <div className="columns">
        <Panel title={say('尚未提交的企业', 'Who has not handed in')}>
          <DataTable<Schemas['MissingView']> name="missing" caption={say('尚未提交', 'Not handed in')} rows={missing.items} id={(row) => row.enterprise_id} empty={say('须填报的企业都已提交。', 'Whoever has to report has handed in.')} columns={[
            { key: 'enterprise', title: say('企业', 'Enterprise'), show: (row) => <EnterpriseLink id={row.enterprise_id} name={row.enterprise_name} /> },
          ]} />
          <Pager next={missing.next} cursor={filters.value.cursor} shown={missing.items.length} onCursor={filters.page} />
        </Panel>
        <Panel title={say('设置', 'Settings')}>
          <Facts rows={[
            [say('开始日期', 'First day'), <Day key="f" on={view.opens_on} />], [say('截止日期', 'Last day'), <Due key="l" on={view.due_on} />],
            [say('逾期后列入预警', 'Put on watch after'), say(`${view.late_days} 天`, `${view.late_days} days`)], [say('变动须说明', 'Explain changes above'), <Rate key="c" ppm={view.change_ppm} />],
            [say('营收下降列入预警', 'Fall in revenue until watched'), <Rate key="d" ppm={view.drop_ppm} />], [say('预警执行时间', 'Late members watched'), <Moment key="s" at={view.swept_at} />],
          ]} />
        </Panel>
      </div>
    </Page>
  );
}
