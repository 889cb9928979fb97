import { useSuspenseQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { read, type Action, type Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { AreaField, ChoiceField, DateField, ListField, NumberField, TextField } from '../../form/fields';
import { lists } from '../../router';
import { ActionDialog } from '../../ui/actions';
import { Page, Panel, State } from '../../ui/basics';
import { EnterpriseLink } from '../../ui/EnterpriseLink';
import { DataTable } from '../../ui/DataTable';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { CONFLICT_GROUND, CONFLICT_SOURCE, EXPERT_KIND, EXPERT_STATE, label, options } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

/** The pool of experts, and who must not review whom. */
export function Experts() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const filters = useFilters();
  const page = useSuspenseQuery(lists.experts(filters.value)).data;
  const conflicts = useSuspenseQuery(read('/api/v1/conflicts')).data.items;
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<Action | null>(null);
  return (
    <Page title={say('专家库', 'Experts')} aside={may('expert.create') && <Button type="primary" onClick={() => setMaking(true)}>{say('登记专家', 'Add an expert')}</Button>}>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[{ name: 'kind', label: say('类别', 'Kind'), options: options(EXPERT_KIND, lang) }, { name: 'state', label: say('状态', 'State'), options: options(EXPERT_STATE, lang) }]} />
        <DataTable<Schemas['ExpertSummary']> name="experts" caption={say('专家', 'Experts')} rows={page.items} id={(row) => row.id} empty={say('没有专家。', 'No experts.')} columns={[
          { key: 'name', title: say('姓名', 'Name'), show: (row) => row.name }, { key: 'employer', title: say('单位', 'Employer'), show: (row) => row.employer },
          { key: 'kind', title: say('类别', 'Kind'), show: (row) => label(EXPERT_KIND, row.kind, lang) }, { key: 'fields', title: say('领域', 'Fields'), show: (row) => row.fields.join(lang === 'en' ? ', ' : '、') || '—' },
          { key: 'load', title: say('任务', 'Load'), right: true, show: (row) => `${row.load} / ${row.load_cap}` }, { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={EXPERT_STATE} /> },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
      <Panel title={say('利益冲突', 'Conflicts of interest')}>
        <DataTable<Schemas['ConflictView']> name="conflicts" caption={say('利益冲突', 'Conflicts')} rows={conflicts} id={(row) => row.id} empty={say('没有登记的冲突。', 'None on record.')} columns={[
          { key: 'who', title: say('人员', 'Person'), show: (row) => row.user_name }, { key: 'firm', title: say('企业', 'Enterprise'), show: (row) => <EnterpriseLink id={row.enterprise_id} name={row.enterprise_name} /> },
          { key: 'ground', title: say('原因', 'Ground'), show: (row) => label(CONFLICT_GROUND, row.ground, lang) }, { key: 'source', title: say('来源', 'Source'), show: (row) => label(CONFLICT_SOURCE, row.source, lang) },
          { key: 'reason', title: say('说明', 'Reason'), show: (row) => row.reason },
          { key: 'end', title: say('操作', 'Action'), show: (row) => (may('conflict.end') && !row.ended_at ? <Button size="small" onClick={() => setEnding({ action: 'conflict.end', allowed: true, method: 'POST', href: `/api/v1/conflicts/${row.id}/ending` })}>{say('解除', 'End')}</Button> : '—') },
        ]} />
      </Panel>
      {making && (
        <ActionDialog action={{ action: 'expert.create', allowed: true, method: 'POST', href: '/api/v1/experts' }} initial={{ kind: 'technical', email: '', employer: '' }} onClose={() => setMaking(false)} words={{ name: ['登记专家', 'Add an expert'], press: ['保存', 'Save'], wide: true }}>
          <TextField at="/email" type="email" label={say('账号邮箱', 'E-mail of the account')} hint={say('须先由系统管理员邀请账号并授予专家角色', 'The account is invited and made an expert first')} required />
          <div className="grid">
            <ChoiceField at="/kind" label={say('类别', 'Kind')} choices={options(EXPERT_KIND, lang)} required /><TextField at="/employer" label={say('单位', 'Employer')} required />
            <TextField at="/employer_code" label={say('单位信用代码', 'Credit code of the employer')} /><NumberField at="/load_cap" label={say('任务上限', 'Load at most')} />
          </div>
          <ListField at="/fields" label={say('熟悉领域', 'Fields')} add={say('添加领域', 'Add a field')} blank={() => ''}>{(at) => <TextField at={at} label={say('领域', 'Field')} />}</ListField>
          <ListField at="/unavailable" label={say('不便评审的日期', 'Not available')} add={say('添加', 'Add')} blank={() => ({})}>{(at) => <><DateField at={`${at}/from`} label={say('自', 'From')} /><DateField at={`${at}/to`} label={say('至', 'To')} /></>}</ListField>
        </ActionDialog>
      )}
      {ending && <ActionDialog action={ending} onClose={() => setEnding(null)} words={{ name: ['解除冲突', 'End the conflict'] }}><AreaField at="/reason" label={say('理由', 'Reason')} required /></ActionDialog>}
    </Page>
  );
}
