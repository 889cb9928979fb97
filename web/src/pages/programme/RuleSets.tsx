import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { AreaField } from '../../form/fields';
import { lists } from '../../router';
import { ActionDialog } from '../../ui/actions';
import { Day, Moment, Page, Panel, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { options, RULE_SET_STATE } from '../../words/labels';
import { told, useLang, useSay } from '../../words/say';

export function RuleSets() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const client = useQueryClient();
  const navigate = useNavigate();
  const filters = useFilters();
  const [making, setMaking] = useState(false);
  const page = useSuspenseQuery(lists.ruleSets(filters.value)).data;
  return (
    <Page title={say('规则', 'Rules')} lead={say('每个版本一经发布不再更改；批次和申报各自锁定所用版本。', 'A published version never changes; every round and application pins one.')}
      aside={may('rule_set.create') && <Button onClick={() => setMaking(true)}>{say('新建草稿', 'New draft')}</Button>}>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[{ name: 'state', label: say('状态', 'State'), options: options(RULE_SET_STATE, lang) }]} />
        <DataTable<Schemas['RuleSetSummary']> name="rule-sets" caption={say('规则', 'Rules')} rows={page.items} id={(row) => row.id} empty={say('没有规则。', 'None.')} columns={[
          { key: 'name', title: say('名称', 'Name'), show: (row) => <Link to="/rule-sets/$id" params={{ id: row.id }}>{told(row.name, lang)}</Link> },
          { key: 'revision', title: say('版本', 'Version'), right: true, show: (row) => row.revision },
          { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={RULE_SET_STATE} /> },
          { key: 'from', title: say('生效', 'From'), show: (row) => <Day on={row.effective_from} /> },
          { key: 'published', title: say('发布时间', 'Published'), extra: true, show: (row) => <Moment at={row.published_at} /> },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} shown={page.items.length} onCursor={filters.page} />
      </Panel>
      {making && (
        <ActionDialog action={{ action: 'rule_set.create', allowed: true, method: 'POST', href: '/api/v1/rule-sets' }} initial={{ source: '' }} onClose={() => setMaking(false)}
          words={{ name: ['新建规则草稿', 'New draft'], press: ['保存', 'Save'], wide: true, explain: ['粘贴规则文本（TOML）。有误之处会指出行和位置。', 'Paste the text (TOML). Whatever is wrong is named with its place.'] }}
          onDone={(made) => { void client.invalidateQueries(); void navigate({ to: '/rule-sets/$id', params: { id: (made as Schemas['RuleSetView']).id } }); }}>
          <AreaField at="/source" label={say('规则文本', 'Text')} rows={18} required />
        </ActionDialog>
      )}
    </Page>
  );
}
