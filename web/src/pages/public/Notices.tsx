import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lists } from '../../router';
import { Day, Mark, Page, Panel, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { NOTICE_KIND, options } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

export function Notices() {
  const say = useSay();
  const lang = useLang();
  const filters = useFilters();
  const page = useSuspenseQuery(lists.notices(filters.value)).data;
  return (
    <Page title={say('公示', 'Public notices')} lead={say('公示期内，任何人可以实名提出异议。', 'While a notice runs, anybody may object under their real name.')}>
      <Panel>
        <Filters filters={[{ name: 'kind', label: say('类别', 'Kind'), options: options(NOTICE_KIND, lang) }]} value={filters.value} onChange={filters.set} />
        <DataTable name="notices" caption={say('公示', 'Public notices')} rows={page.items} id={(row) => row.id} empty={say('目前没有公示。', 'There are no notices at present.')} columns={[
          { key: 'title', title: say('标题', 'Title'), show: (row) => <Link to="/notices/$id" params={{ id: row.id }}>{row.title}</Link> },
          { key: 'kind', title: say('类别', 'Kind'), show: (row) => <State of={row.kind} table={NOTICE_KIND} /> },
          { key: 'from', title: say('开始', 'From'), show: (row) => <Day on={row.starts_on} /> },
          { key: 'to', title: say('结束', 'To'), show: (row) => <Day on={row.ends_on} /> },
          { key: 'running', title: say('状态', 'State'), show: (row) => (row.running ? <Mark tone="good">{say('公示中', 'Running')}</Mark> : <Mark>{say('已结束', 'Over')}</Mark>) },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} shown={page.items.length} onCursor={filters.page} />
      </Panel>
    </Page>
  );
}
