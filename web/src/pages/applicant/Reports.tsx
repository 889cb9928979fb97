import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { useMe } from '../../api/me';
import { useSend } from '../../form/useSend';
import { lists } from '../../router';
import { Day, Due, Empty, Panel, ProblemNote, State } from '../../ui/basics';
import { today } from '../../words/dates';
import { CHANGE_KIND, CHANGE_STATE, label, UPDATE_STATE } from '../../words/labels';
import { useLang, useSay } from '../../words/say';
import { ChangeDialog } from '../changes/ChangeDialog';
import { yearlyOpenings } from './next';

/** What a member of the library owes every year, and has to tell when something changes. */
export function Reports() {
  const say = useSay();
  const lang = useLang();
  const me = useMe();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { send, problem, busy } = useSend();
  const [reporting, setReporting] = useState(false);
  const windows = useSuspenseQuery(lists.windows({})).data.items;
  const updates = useSuspenseQuery(lists.updates({})).data.items;
  const changes = useSuspenseQuery(lists.changes({})).data.items;
  const memberships = useSuspenseQuery(lists.memberships({})).data.items;
  const open = yearlyOpenings(windows, updates, memberships, today());
  const begin = async (enterprise_id: string, year: number) => {
    const made = await send<Schemas['AnnualUpdateView']>({ method: 'POST', href: '/api/v1/annual-updates', body: { enterprise_id, year } });
    if (!made) return;
    void client.invalidateQueries();
    await navigate({ to: '/annual-updates/$id', params: { id: made.id } });
  };
  return (
    <div className="halves">
      <Panel id="yearly-reports" title={say('年度更新', 'Yearly reports')}>
        <ProblemNote problem={problem} />
        {open.map((one) => (
          <div key={`${one.enterprise.enterprise_id} ${one.window.year}`} className="rule-line">
            <span className="rule-text">{one.enterprise.enterprise_name} · {one.window.year} · <Due on={one.window.due_on} /></span>
            <Button disabled={busy} onClick={() => void begin(one.enterprise.enterprise_id, one.window.year)}>{say(`填报 ${one.window.year} 年度更新`, `Report for ${one.window.year}`)}</Button>
          </div>
        ))}
        <ul className="rules">{updates.map((one) => (
          <li key={one.id} className="rule"><div className="rule-line"><Link className="rule-text" to="/annual-updates/$id" params={{ id: one.id }}>{one.enterprise_name} · {one.year}</Link><State of={one.state} table={UPDATE_STATE} /></div></li>
        ))}</ul>
        {updates.length === 0 && open.length === 0 && <Empty>{say('目前没有要填报的。', 'Nothing to report at present.')}</Empty>}
      </Panel>
      <Panel title={say('重大变更', 'Major changes')} extra={me.enterprises.length > 0 && <Button onClick={() => setReporting(true)}>{say('报告重大变更', 'Report a major change')}</Button>}>
        <ul className="rules">{changes.map((one) => (
          <li key={one.id} className="rule"><div className="rule-line"><Link className="rule-text" to="/major-changes/$id" params={{ id: one.id }}>{label(CHANGE_KIND, one.kind, lang)} · <Day on={one.occurred_on} /></Link><State of={one.state} table={CHANGE_STATE} /></div></li>
        ))}</ul>
        {changes.length === 0 && <p className="soft">{say('更名、合并、迁址、控制权变更，请在三个月内报告。', 'Please report a rename, merger, relocation or change of control within three months.')}</p>}
      </Panel>
      {reporting && <ChangeDialog onClose={() => setReporting(false)} />}
    </div>
  );
}
