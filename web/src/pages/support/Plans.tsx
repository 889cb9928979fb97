import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { ChoiceField, NumberField } from '../../form/fields';
import { lists } from '../../router';
import { ActionDialog } from '../../ui/actions';
import { Page, Panel, Rate, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { today } from '../../words/dates';
import { label, options, PLAN_STATE, TIER } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

export function Plans() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const client = useQueryClient();
  const navigate = useNavigate();
  const filters = useFilters();
  const [making, setMaking] = useState(false);
  const page = useSuspenseQuery(lists.plans(filters.value)).data;
  return (
    <Page title={say('一企一策方案', 'Support plans')} lead={say('一家企业一份方案：目标、措施、预算，双方签署，年终评价。', 'One plan per enterprise: goals, measures and budget, signed by both sides, evaluated at the end.')}
      aside={may('support_plan.create') && <Button type="primary" onClick={() => setMaking(true)}>{say('新建方案', 'New plan')}</Button>}>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[{ name: 'state', label: say('状态', 'State'), options: options(PLAN_STATE, lang) }, { name: 'tier', label: say('类别', 'Tier'), options: options(TIER, lang) }, { name: 'year', label: say('年度', 'Year'), text: true }]} />
        <DataTable<Schemas['PlanSummary']> name="plans" caption={say('方案', 'Plans')} rows={page.items} id={(row) => row.id} empty={say('没有方案。', 'No plans.')} columns={[
          { key: 'enterprise', title: say('企业', 'Enterprise'), show: (row) => <Link to="/support-plans/$id" params={{ id: row.id }}>{row.enterprise_name}</Link> },
          { key: 'year', title: say('年度', 'Year'), show: (row) => row.year }, { key: 'tier', title: say('类别', 'Tier'), show: (row) => label(TIER, row.tier, lang) },
          { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={PLAN_STATE} /> },
          { key: 'attained', title: say('目标达成', 'Attained'), right: true, show: (row) => <Rate ppm={row.attained_ppm} /> }, { key: 'score', title: say('评分', 'Score'), right: true, show: (row) => row.score ?? '—' },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
      {making && <NewPlan onClose={() => setMaking(false)} onDone={(made) => { void client.invalidateQueries(); void navigate({ to: '/support-plans/$id', params: { id: made.id } }); }} />}
    </Page>
  );
}

function NewPlan({ onClose, onDone }: { onClose: () => void; onDone: (made: Schemas['PlanView']) => void }) {
  const say = useSay();
  const lang = useLang();
  const members = useQuery(lists.memberships({ state: 'active' })).data?.items ?? [];
  return (
    <ActionDialog action={{ action: 'support_plan.create', allowed: true, method: 'POST', href: '/api/v1/support-plans' }} initial={{ year: Number(today().slice(0, 4)) }} onClose={onClose} onDone={(made) => onDone(made as Schemas['PlanView'])}
      words={{ name: ['新建方案', 'New plan'], press: ['保存', 'Save'] }}>
      <ChoiceField at="/membership_id" label={say('在库企业', 'Enterprise in the library')} choices={members.map((one) => ({ value: one.id, label: `${one.enterprise_name} · ${label(TIER, one.tier, lang)}` }))} required />
      <NumberField at="/year" label={say('年度', 'Year')} required />
    </ActionDialog>
  );
}
