import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { supplyQuery } from '../../router';
import { Amount, Empty, Mark, Page, Panel } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { EnterpriseLink } from '../../ui/EnterpriseLink';
import { LinkButton } from '../../ui/LinkButton';
import { label, TIER } from '../../words/labels';
import { told, useLang, useSay } from '../../words/say';
import { NewLead } from './LeadDialogs';
import { linkColumns } from './Links';
import { NewLink } from './LinkDialogs';

/** The chain of a track: who is in it, who supplies whom, what is missing, and who stands alone. */
export function Supply() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const { code = '' } = useParams({ strict: false });
  const view = useSuspenseQuery(supplyQuery(code)).data;
  const [linking, setLinking] = useState(false);
  const [courting, setCourting] = useState<Schemas['LinkView'] | null>(null);
  const alone = view.members.filter((one) => view.unlinked.includes(one.enterprise_id));
  return (
    <Page title={say(`${told(view.name, lang)}：供应链`, `${told(view.name, lang)}: the chain`)} lead={<Link to="/tracks">{say('全部赛道', 'All tracks')}</Link>}
      aside={<>{may('recruitment_lead.list') && <LinkButton to="/leads" search={{ track: code }}>{say('招引线索', 'Leads')}</LinkButton>}{may('enterprise_link.write') && <Button type="primary" onClick={() => setLinking(true)}>{say('登记上下游关系', 'Add a link')}</Button>}</>}>
      {!view.complete && <Alert type="warning" showIcon className="problem" title={say('企业或关系超过 500 条，只显示一部分。', 'More than 500 members or links: only some of them are shown.')} />}
      <Panel title={say('缺失环节', 'What is missing')}>
        {view.missing.length === 0 ? <Empty>{say('没有登记缺失环节。', 'Nothing is noted as missing.')}</Empty> : (
          <ul className="rules">{view.missing.map((one) => (
            <li key={one.id} className="rule"><div className="rule-line">
              <span className="rule-text"><Link to="/links/$id" params={{ id: one.id }}>{one.item}</Link> · <EnterpriseLink id={one.enterprise_id} name={one.enterprise_name} /></span>
              {may('recruitment_lead.write') && <Button size="small" aria-description={one.item} onClick={() => setCourting(one)}>{say('登记招引线索', 'Add a lead')}</Button>}
            </div></li>
          ))}</ul>
        )}
      </Panel>
      <Panel title={say('已有关系', 'Who supplies whom')}>
        <DataTable name="supply" caption={say('已有关系', 'Links')} rows={view.links} id={(row) => row.id} empty={say('还没有登记关系。', 'No links yet.')} columns={[
          ...linkColumns(say, lang), { key: 'amount', title: say('合同额', 'Contract'), right: true, show: (row) => <Amount fen={row.amount_fen} /> },
        ]} />
      </Panel>
      <Panel title={say(`在库企业（${view.members.length}）`, `Members (${view.members.length})`)}>
        {view.members.length === 0 && <Empty>{say('本赛道还没有在库企业。', 'Nobody of the library stands in this track.')}</Empty>}
        <ul className="rules">{view.members.map((one) => (
          <li key={one.enterprise_id} className="rule"><div className="rule-line">
            <span className="rule-text"><EnterpriseLink id={one.enterprise_id} name={one.enterprise_name} /></span>
            {alone.includes(one) && <Mark tone="warn">{say('没有上下游', 'No links')}</Mark>}<Mark>{one.tier ? label(TIER, one.tier, lang) : say('储备', 'Candidate')}</Mark>
          </div></li>
        ))}</ul>
      </Panel>
      {linking && <NewLink track={code} onClose={() => setLinking(false)} />}
      {courting && <NewLead track={code} link={courting} onClose={() => setCourting(null)} />}
    </Page>
  );
}
