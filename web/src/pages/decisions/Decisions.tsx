import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Schemas } from '../../api/client';
import { lists } from '../../router';
import { Moment, Page, Panel, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { DECISION_ACTION, DECISION_STATE, label, options } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

export function Decisions() {
  const say = useSay();
  const lang = useLang();
  const filters = useFilters();
  const value = { state: 'pending', ...filters.value };
  const page = useSuspenseQuery(lists.decisions(filters.value)).data;
  return (
    <Page title={say('审批', 'Approvals')} lead={say('每件都须由经办人以外的人决定。打开后可看到批准会带来的全部变化。', 'Somebody other than who prepared it decides. Opened, each shows everything that will change.')}>
      <Panel>
        <Filters value={value} onChange={filters.set} filters={[
          { name: 'state', label: say('状态', 'State'), options: options(DECISION_STATE, lang) },
          { name: 'action', label: say('事项', 'Matter'), options: options(DECISION_ACTION, lang) },
        ]} />
        <DataTable<Schemas['DecisionSummary']> name="decisions" caption={say('审批事项', 'Decisions')} rows={page.items} id={(row) => row.id} empty={say('没有待办的审批。', 'Nothing waits for approval.')} columns={[
          { key: 'subject', title: say('对象', 'About'), show: (row) => <Link to="/decisions/$id" params={{ id: row.id }}>{row.subject_name ?? label(DECISION_ACTION, row.action, lang)}</Link> },
          { key: 'action', title: say('事项', 'Matter'), show: (row) => label(DECISION_ACTION, row.action, lang) },
          { key: 'reason', title: say('理由', 'Reason'), show: (row) => row.reason },
          { key: 'by', title: say('经办', 'Prepared by'), show: (row) => row.prepared_by.name },
          { key: 'at', title: say('提请时间', 'Prepared'), show: (row) => <Moment at={row.created_at} /> },
          { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={DECISION_STATE} /> },
          { key: 'needed', title: say('需批准人数', 'Approvals needed'), extra: true, right: true, show: (row) => row.approvals_needed },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
    </Page>
  );
}
