import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { read, type Schemas } from '../../api/client';
import { useMay, useMe } from '../../api/me';
import { AreaField, ChoiceField, TextField } from '../../form/fields';
import { lists } from '../../router';
import { ActionDialog } from '../../ui/actions';
import { Due, Mark, Page, Panel, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { CATEGORY, ESCALATION, ITEM_KIND, ITEM_STATE, label, options } from '../../words/labels';
import { told, useLang, useSay, type Say } from '../../words/say';

type Row = Schemas['ItemSummary'];
const LISTS: Record<string, Say> = { problems: ['问题清单', 'Problems'], needs: ['需求清单', 'Needs'], measures: ['措施清单', 'Measures'], responsibilities: ['责任清单', 'Responsibilities'] };
/** Where work is going on. Whatever else is listed has a column of its own as soon as something stands in it. */
const BOARD = ['raised', 'accepted', 'assigned', 'in_progress', 'pending_confirm'];

/** The support items: the four lists, as a table or as the board that shows where each stands. */
export function Items() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const me = useMe();
  const filters = useFilters();
  const page = useSuspenseQuery(lists.items(filters.value)).data;
  const [raising, setRaising] = useState(false);
  const board = filters.value.view === 'board';
  const columns = Object.keys(ITEM_STATE).filter((state) => BOARD.includes(state) || page.items.some((row) => row.state === state));
  const card = (row: Row) => (row.escalation === 'none' ? null : <Mark tone={row.escalation === 'red' ? 'bad' : 'warn'}>{label(ESCALATION, row.escalation, lang)}</Mark>);
  return (
    <Page title={say('诉求与服务事项', 'Support items')} lead={say('每件事有人办、有期限、企业说了算。', 'Every item has somebody responsible and a date, and the enterprise has the last word.')}
      aside={<>
        <Button onClick={() => filters.set('view', board ? undefined : 'board')}>{board ? say('列表', 'List') : say('看板', 'Board')}</Button>
        {may('support_item.raise') && <Button type="primary" onClick={() => setRaising(true)}>{say('提出诉求', 'Raise an item')}</Button>}
      </>}>
      <nav className="views" aria-label={say('四张清单', 'The four lists')}>
        {Object.entries({ '': ['全部', 'All'] as Say, ...LISTS }).map(([code, words]) => {
          const search = { ...filters.value };
          delete search.cursor;
          if (code) search.list = code;
          else delete search.list;
          const here = (filters.value.list ?? '') === code;
          return <Link key={code} to="/support" search={search} className={here ? 'here' : ''} aria-current={here ? 'page' : undefined}>{told(words, lang)}</Link>;
        })}
      </nav>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[
          { name: 'state', label: say('状态', 'State'), options: options(ITEM_STATE, lang) }, { name: 'escalation', label: say('督办', 'Escalation'), options: options(ESCALATION, lang) },
          { name: 'sort', label: say('排序', 'Order'), blank: say('默认', 'Usual'), options: [{ value: 'deadline', label: say('期限', 'Deadline') }, { value: 'unit', label: say('单位', 'Unit') }] },
        ]} />
        {board ? (
          <div className="board" role="region" aria-label={say('看板', 'Board')} tabIndex={0}>
            {columns.map((state) => (
              <section key={state} className={page.items.some((row) => row.state === state) ? 'board-column' : 'board-column bare'}>
                <h3>{label(ITEM_STATE, state, lang)} <span className="soft">{page.items.filter((row) => row.state === state).length}</span></h3>
                {page.items.filter((row) => row.state === state).map((row) => (
                  <div key={row.id} className="card">
                    <Link to="/support/$id" params={{ id: row.id }}>{row.title}</Link>
                    <span className="soft">{row.enterprise_name}</span>
                    <span>{row.deadline_on && <Due on={row.deadline_on} />} {card(row)}</span>
                  </div>
                ))}
              </section>
            ))}
          </div>
        ) : (
          <DataTable<Row> name="items" caption={say('事项', 'Items')} rows={page.items} id={(row) => row.id} empty={say('没有事项。', 'No items.')} columns={[
            { key: 'title', title: say('事项', 'Item'), show: (row) => <Link to="/support/$id" params={{ id: row.id }}>{row.title}</Link> },
            { key: 'enterprise', title: say('企业', 'Enterprise'), show: (row) => row.enterprise_name },
            { key: 'category', title: say('类别', 'Category'), show: (row) => label(CATEGORY, row.category, lang) },
            { key: 'unit', title: say('责任单位', 'Unit'), show: (row) => row.department_name ?? '—' },
            { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={ITEM_STATE} /> },
            { key: 'due', title: say('期限', 'Deadline'), show: (row) => <>{row.deadline_on ? <Due on={row.deadline_on} /> : '—'} {card(row)}</> },
            { key: 'kind', title: say('性质', 'Kind'), extra: true, show: (row) => label(ITEM_KIND, row.kind, lang) },
          ]} />
        )}
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
      {raising && (
        <ActionDialog action={{ action: 'support_item.raise', allowed: true, method: 'POST', href: '/api/v1/support-items' }} onClose={() => setRaising(false)}
          initial={{ kind: 'need', ...(me.enterprises[0] ? { enterprise_id: me.enterprises[0].id } : {}) }} words={{ name: ['提出诉求', 'Raise an item'], press: ['提交', 'Send'] }}>
          {me.enterprises.length > 0
            ? <ChoiceField at="/enterprise_id" label={say('企业', 'Enterprise')} choices={me.enterprises.map((one) => ({ value: one.id, label: one.name }))} required />
            : <EnterpriseField />}
          <div className="grid">
            <ChoiceField at="/kind" label={say('性质', 'Kind')} choices={options({ problem: ITEM_KIND.problem!, need: ITEM_KIND.need! }, lang)} required />
            <ChoiceField at="/category" label={say('类别', 'Category')} choices={options(CATEGORY, lang)} required />
          </div>
          <TextField at="/title" label={say('一句话说明', 'In one line')} required />
          <AreaField at="/description" label={say('具体情况', 'Details')} required />
        </ActionDialog>
      )}
    </Page>
  );
}

function EnterpriseField() {
  const say = useSay();
  const firms = useQuery(read('/api/v1/enterprises', { params: { query: { limit: 200, sort: 'name' } } })).data?.items ?? [];
  return <ChoiceField at="/enterprise_id" label={say('企业', 'Enterprise')} choices={firms.map((one) => ({ value: one.id, label: one.name }))} required />;
}
