import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { lists } from '../../router';
import { Moment, Page, Panel, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { LinkButton } from '../../ui/LinkButton';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { label, options, RECHECK_CAUSE, RECHECK_OUTCOME, RECHECK_STATE } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

export function Rechecks() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const filters = useFilters();
  const page = useSuspenseQuery(lists.rechecks(filters.value)).data;
  return (
    <Page title={say('复核', 'Re-checks')} lead={say('到期、触发或抽中的在库企业，按固定的数据和规则再看一次。', 'Members whose term ends, that gave cause or were drawn are looked at again, on frozen figures.')}
      aside={may('recheck_draw.list') && <LinkButton to="/recheck-draws">{say('双随机抽查', 'Random draws')}</LinkButton>}>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[{ name: 'state', label: say('状态', 'State'), options: options(RECHECK_STATE, lang) }]} />
        <DataTable<Schemas['RecheckSummary']> name="rechecks" caption={say('复核', 'Re-checks')} rows={page.items} id={(row) => row.id} empty={say('没有复核。', 'No re-checks.')} columns={[
          { key: 'enterprise', title: say('企业', 'Enterprise'), show: (row) => <Link to="/rechecks/$id" params={{ id: row.id }}>{row.enterprise_name}</Link> },
          { key: 'cause', title: say('原因', 'Cause'), show: (row) => label(RECHECK_CAUSE, row.cause, lang) },
          { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={RECHECK_STATE} /> },
          { key: 'outcome', title: say('结论', 'Outcome'), show: (row) => label(RECHECK_OUTCOME, row.outcome, lang) },
          { key: 'opened', title: say('开始', 'Opened'), show: (row) => <Moment at={row.opened_at} /> },
          { key: 'concluded', title: say('结束', 'Concluded'), extra: true, show: (row) => <Moment at={row.concluded_at} /> },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
    </Page>
  );
}
