import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { App as AntApp, Button } from 'antd';
import { useState } from 'react';
import { read, type Schemas } from '../../api/client';
import { lists } from '../../router';
import { ActionButton, ActionDialog } from '../../ui/actions';
import { Mark, Page, Panel, State } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { Pager } from '../../ui/List';
import { OutcomeMark } from '../../ui/RuleTree';
import { useFilters } from '../../ui/useFilters';
import { label, MEMBERSHIP_STATE, TIER } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

/** Who in the library could apply in a round on the figures of today, and asking them to. */
export function Prospects() {
  const say = useSay();
  const lang = useLang();
  const { message } = AntApp.useApp();
  const { id = '' } = useParams({ strict: false });
  const filters = useFilters();
  const round = useSuspenseQuery(read('/api/v1/rounds/{id}', { params: { path: { id } } })).data;
  const page = useSuspenseQuery(lists.prospects(id, filters.value)).data;
  const [chosen, setChosen] = useState<string[]>([]);
  const [asking, setAsking] = useState<'all' | 'chosen' | null>(null);
  const invite = round.actions.find((action) => action.action === 'round_invitation.create');
  const names = new Map(page.items.map((row) => [row.membership_id, row.enterprise_name]));
  const open = page.items.filter((row) => !row.invited);
  return (
    <Page title={say('可邀请的企业', 'Who could apply')} lead={<Link to="/rounds/$id" params={{ id }}>{round.name}</Link>}
      aside={invite && (open.length > 0 || !invite.allowed) && <ActionButton action={invite} primary onPress={() => setAsking('all')}>{say('邀请全部', 'Invite all')}</ActionButton>}>
      <Panel>
        <p className="soft">{say('按本批次的规则和今天的数据，库内符合条件、尚未申报且未被限制申报的企业。', 'Candidates and members who fulfil the rules of this round on the figures of today, have not applied and are not barred.')}</p>
        <DataTable<Schemas['ProspectView']> name="prospects" caption={say('可邀请的企业', 'Prospects')} rows={page.items} id={(row) => row.membership_id} empty={say('目前没有符合条件的企业。', 'Nobody is eligible at present.')}
          selection={invite?.allowed ? { chosen, onChange: setChosen, nameOf: (one) => names.get(one) ?? one } : undefined} columns={[
            { key: 'enterprise', title: say('企业', 'Enterprise'), show: (row) => <Link to="/library/$id" params={{ id: row.membership_id }}>{row.enterprise_name}</Link> },
            { key: 'held', title: say('现类别', 'Tier now'), show: (row) => (row.held ? label(TIER, row.held, lang) : <State of={row.state} table={MEMBERSHIP_STATE} />) },
            { key: 'tier', title: say('可申报', 'Could apply as'), show: (row) => label(TIER, row.tier, lang) },
            { key: 'outcome', title: say('评价', 'Evaluation'), show: (row) => <OutcomeMark of={row.outcome} /> },
            { key: 'invited', title: say('邀请', 'Invitation'), show: (row) => (row.invited ? <Mark tone="good">{say('已邀请', 'Invited')}</Mark> : '—') },
          ]} />
        {chosen.length > 0 && (
          <div className="bulk" role="region" aria-label={say('批量操作', 'Chosen')}><span>{say(`已选 ${chosen.length} 家`, `${chosen.length} chosen`)}</span><Button type="primary" onClick={() => setAsking('chosen')}>{say('邀请所选', 'Invite these')}</Button></div>
        )}
        <Pager next={page.next} cursor={filters.value.cursor} shown={page.items.length} onCursor={filters.page} />
      </Panel>
      {invite && asking && (
        <ActionDialog action={invite} initial={asking === 'chosen' ? { membership_ids: chosen } : {}} onClose={() => setAsking(null)}
          onDone={(answer) => {
            setChosen([]);
            const { invited } = answer as Schemas['InvitationsView'];
            void message.success(say(`新邀请 ${invited} 家`, `${invited} invited now`));
          }}
          words={{
            name: ['邀请申报', 'Invite'], shape: (typed) => typed,
            explain: asking === 'all' ? ['邀请全部符合条件且尚未邀请的企业，通知其全部办理人；同一批次只邀请一次。', 'Everybody who is eligible and not invited yet is asked; whoever acts for them gets a mail. Nobody is invited twice to a round.']
              : ['邀请所选企业，通知其全部办理人；同一批次只邀请一次。', 'Those chosen are asked; whoever acts for them gets a mail. Nobody is invited twice to a round.'],
          }} />
      )}
    </Page>
  );
}
