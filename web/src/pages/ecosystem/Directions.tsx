import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { read, type Action, type Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { AreaField, DateField, TextField } from '../../form/fields';
import { lists } from '../../router';
import { ActionBar, ActionDialog } from '../../ui/actions';
import { Day, Due, Empty, Facts, Mark, Moment, Page, Panel, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { Filters, Pager } from '../../ui/List';
import { useCodes } from '../../ui/names';
import { useFilters } from '../../ui/useFilters';
import { DIRECTION_STATE, DIRECTION_VERDICT, label, options } from '../../words/labels';
import { mergePatch } from '../../words/patch';
import { told, useLang, useSay } from '../../words/say';

/** New directions under observation, before they become tracks or are dropped. */
export function Directions() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const filters = useFilters();
  const page = useSuspenseQuery(lists.directions(filters.value)).data;
  const [making, setMaking] = useState(false);
  return (
    <Page title={say('跟踪预研方向', 'New directions')} lead={say('记录信号和来源，到期评审：继续跟踪、升为赛道或放弃。', 'Signals and their sources; on the day of review each is kept, raised to a track or dropped.')}
      aside={may('direction.write') && <Button type="primary" onClick={() => setMaking(true)}>{say('新增方向', 'Add a direction')}</Button>}>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[{ name: 'state', label: say('状态', 'State'), options: options(DIRECTION_STATE, lang) }, { name: 'due', label: say('评审', 'Review'), options: [{ value: 'true', label: say('已到评审日', 'Due') }] }]} />
        <DataTable<Schemas['DirectionSummary']> name="directions" caption={say('跟踪预研方向', 'Directions')} rows={page.items} id={(row) => row.id} empty={say('没有跟踪的方向。', 'No directions.')} columns={[
          { key: 'name', title: say('方向', 'Direction'), show: (row) => <Link to="/directions/$id" params={{ id: row.id }}>{told(row.name, lang)}</Link> },
          { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={DIRECTION_STATE} /> },
          { key: 'review', title: say('评审日', 'Review on'), show: (row) => <>{row.state === 'watching' ? <Due on={row.review_on} /> : <Day on={row.review_on} />} {row.due && <Mark tone="warn">{say('该评审了', 'Due')}</Mark>}</> },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} shown={page.items.length} onCursor={filters.page} />
      </Panel>
      {making && <NewDirection onClose={() => setMaking(false)} />}
    </Page>
  );
}

function NewDirection({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const navigate = useNavigate();
  return (
    <ActionDialog action={{ action: 'direction.write', allowed: true, method: 'POST', href: '/api/v1/directions' }} onClose={onClose} onDone={(made) => void navigate({ to: '/directions/$id', params: { id: (made as Schemas['DirectionView']).id } })}
      words={{ name: ['新增方向', 'Add a direction'], press: ['保存', 'Save'] }}>
      <TextField at="/code" label={say('代码', 'Code')} hint={say('小写字母、数字、下划线', 'Lower-case letters, digits, underscores')} required />
      <Named />
    </ActionDialog>
  );
}

function Named() {
  const say = useSay();
  return (
    <>
      <div className="grid"><TextField at="/name/zh" label={say('中文名称', 'Chinese name')} required /><TextField at="/name/en" label={say('英文名称', 'English name')} required /></div>
      <DateField at="/review_on" label={say('评审日', 'Review on')} required />
      <AreaField at="/summary" label={say('概述', 'Summary')} rows={4} />
    </>
  );
}

export function DirectionPage() {
  const say = useSay();
  const codes = useCodes();
  const lang = useLang();
  const { id = '' } = useParams({ strict: false });
  const view = useSuspenseQuery(read('/api/v1/directions/{id}', { params: { path: { id } } })).data;
  const [doing, setDoing] = useState<Action | null>(null);
  const before = { name: { zh: view.name.zh, en: view.name.en }, ...(view.review_on ? { review_on: view.review_on } : {}), ...(view.summary ? { summary: view.summary } : {}) };
  return (
    <Page title={told(view.name, lang)} tags={<><State of={view.state} table={DIRECTION_STATE} />{view.due && <Mark tone="warn">{say('该评审了', 'Due')}</Mark>}</>} lead={<>{say('代码：', 'Code: ')}<code>{view.code}</code></>}>
      <Panel><ActionBar record={view} own={{ 'direction.write': setDoing }} order={['direction.review']} /></Panel>
      <div className="columns">
        <Panel title={say('信号', 'Signals')}>
          {view.signals.length === 0 ? <Empty>{say('还没有记录信号。', 'Nothing was noticed yet.')}</Empty> : (
            <ol className="history">{view.signals.map((one) => <li key={one.id}><Day on={one.observed_on} /><p className="written">{one.text}</p><p className="soft">{say('来源：', 'Source: ')}{one.source}</p></li>)}</ol>
          )}
        </Panel>
        <div>
          <Panel title={say('概况', 'Facts')}>
            <Facts rows={[[say('评审日', 'Review on'), view.state === 'watching' ? <Due key="r" on={view.review_on} /> : <Day key="r" on={view.review_on} />], [say('概述', 'Summary'), view.summary && <span key="s" className="written">{view.summary}</span>]]} />
          </Panel>
          <Panel title={say('评审记录', 'Reviews')}>
            {view.reviews.length === 0 ? <p className="soft">{say('还没有评审过。', 'Not reviewed yet.')}</p> : (
              <ol className="history">{view.reviews.map((one) => (
                <li key={one.created_at}><Moment at={one.created_at} /><p><strong>{label(DIRECTION_VERDICT, one.verdict, lang)}</strong>{one.track && <> · {codes(one.track)}</>}{one.next_review_on && <> · {say('下次评审', 'next review')} <Day on={one.next_review_on} /></>}</p><p>{one.reason}</p></li>
              ))}</ol>
            )}
          </Panel>
        </div>
      </div>
      {doing?.method === 'PATCH' && (
        <ActionDialog action={doing} version={view.version} initial={before} onClose={() => setDoing(null)} words={{ name: ['修改方向', 'Edit'], press: ['保存', 'Save'], shape: (typed) => mergePatch(before, typed as typeof before) ?? {} }}><Named /></ActionDialog>
      )}
      {doing && doing.method !== 'PATCH' && <ActionDialog action={doing} onClose={() => setDoing(null)} />}
    </Page>
  );
}
