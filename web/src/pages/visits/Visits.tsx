import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { read, type Action, type Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { AreaField, ChoiceField, DateField, TextField } from '../../form/fields';
import { lists } from '../../router';
import { ActionBar, ActionButton, ActionDialog } from '../../ui/actions';
import { Day, Due, Facts, Mark, Moment, Page, Panel, State, Wide } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { EnterpriseLink } from '../../ui/EnterpriseLink';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { Files } from '../applications/Files';
import { FINDING, label, options, VISIT_CONCLUSION, VISIT_STATE } from '../../words/labels';
import { told, useLang, useSay } from '../../words/say';

export function Visits() {
  const say = useSay();
  const lang = useLang();
  const filters = useFilters();
  const page = useSuspenseQuery(lists.visits(filters.value)).data;
  return (
    <Page title={say('实地核查', 'Site visits')} lead={say('从申报页面安排核查；结论由企业确认或提出异议。', 'Visits are planned on the page of an application; the enterprise confirms what was found or disputes it.')}>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[{ name: 'state', label: say('状态', 'State'), options: options(VISIT_STATE, lang) }]} />
        <DataTable<Schemas['SiteVisitSummary']> name="visits" caption={say('实地核查', 'Site visits')} rows={page.items} id={(row) => row.id} empty={say('没有实地核查。', 'No site visits.')} columns={[
          { key: 'enterprise', title: say('企业', 'Enterprise'), show: (row) => <Link to="/visits/$id" params={{ id: row.id }}>{row.enterprise}</Link> },
          { key: 'on', title: say('日期', 'Planned for'), show: (row) => (row.state === 'planned' ? <Due on={row.planned_on} /> : <Day on={row.planned_on} />) },
          { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={VISIT_STATE} /> },
          { key: 'conclusion', title: say('结论', 'Conclusion'), show: (row) => (row.conclusion ? label(VISIT_CONCLUSION, row.conclusion, lang) : '—') },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
    </Page>
  );
}

/** One visit: the checklist with what was found, the conclusion, and what the enterprise says to it. */
export function VisitPage() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const { id = '' } = useParams({ strict: false });
  const visit = useSuspenseQuery(read('/api/v1/site-visits/{id}', { params: { path: { id } } })).data;
  const [dialog, setDialog] = useState<Action | null>(null);
  const own = may('site_visit.answer') && !may('site_visit.update');
  const record = visit.actions.find((one) => one.action === 'site_visit.update' && one.method === 'PATCH');
  // As long as something was not looked at, that comes before the conclusion.
  const recording = record?.allowed === true && visit.checklist.some((item) => !item.finding);
  const found = Object.fromEntries(visit.checklist.flatMap((item) => (item.finding ? [[item.code, item.finding]] : [])));
  return (
    <Page title={say('实地核查', 'Site visit')} tags={<State of={visit.state} table={VISIT_STATE} />} lead={<span translate="no">{visit.enterprise}</span>} aside={<Button onClick={() => print()}>{say('打印', 'Print')}</Button>}>
      {own && visit.state === 'concluded' && <Panel><Alert type="warning" showIcon title={say('请确认核查记录是否属实；不属实可说明理由。', 'Please say whether the record is right; if not, say why.')} /></Panel>}
      <Panel title={say('办理', 'Actions')}>
        <div className="actions">
          {record && <ActionButton action={record} primary={recording} onPress={() => setDialog(record)}>{say('填写核查记录', 'Record what was found')}</ActionButton>}
          <ActionBar record={{ version: visit.version, actions: visit.actions.filter((one) => one !== record) }} hide={['site_visit.attach']} plain={recording} />
        </div>
      </Panel>
      <div className="columns">
        <Panel title={say('核查清单', 'Checklist')}>
          <Wide label={say('核查清单', 'Checklist')}><table className="compare">
            <thead><tr><th scope="col">{say('内容', 'What')}</th><th scope="col">{say('结果', 'Found')}</th><th scope="col">{say('说明', 'Remark')}</th></tr></thead>
            <tbody>{visit.checklist.map((item) => (
              <tr key={item.code}><th scope="row">{told(item.name, lang)}</th>
                <td>{item.finding ? <Mark tone={item.finding.result === 'met' ? 'good' : item.finding.result === 'unmet' ? 'bad' : 'plain'}>{label(FINDING, item.finding.result, lang)}</Mark> : <span className="soft">{say('未填', 'open')}</span>}</td>
                <td>{item.finding?.remark}</td></tr>
            ))}</tbody>
          </table></Wide>
          <h3>{say('核查小结', 'Summary')}</h3><p style={{ whiteSpace: 'pre-wrap' }}>{visit.summary ?? '—'}</p>
          {visit.answer && <><h3>{say('企业意见', 'What the enterprise says')}</h3><p>{visit.answer}</p></>}
        </Panel>
        <div>
          <Panel title={say('照片与文件', 'Photographs and files')}><Files id={visit.id} of="site-visits" editable={visit.actions.some((one) => one.action === 'site_visit.attach' && one.allowed)} /></Panel>
          <Panel title={say('安排', 'Plan')}>
          <Facts rows={[
            [say('企业', 'Enterprise'), <EnterpriseLink key="e" id={visit.enterprise_id} name={visit.enterprise} />], [say('申报', 'Application'), <Link key="a" to="/applications/$id" params={{ id: visit.application_id }}>{say('查看申报', 'Open')}</Link>],
            [say('计划日期', 'Planned for'), <Day key="p" on={visit.planned_on} />], [say('核查日期', 'Held on'), <Day key="h" on={visit.held_on} />], [say('核查人员', 'Visitors'), visit.visitors.map((one) => one.name).join(say('、', ', '))],
            [say('结论', 'Conclusion'), visit.conclusion ? label(VISIT_CONCLUSION, visit.conclusion, lang) : null], [say('企业答复时间', 'Answered'), <Moment key="m" at={visit.answered_at} />],
            ]} />
          </Panel>
        </div>
      </div>
      {dialog && (
        <ActionDialog action={dialog} version={visit.version} onClose={() => setDialog(null)} initial={{ planned_on: visit.planned_on, findings: found, ...(visit.summary ? { summary: visit.summary } : {}) }}
          words={{ name: ['填写核查记录', 'Record what was found'], press: ['保存', 'Save'], wide: true, explain: ['不属实的须说明。全部填完后再作出结论。', 'Say why where something is not met. Conclude once all is filled in.'] }}>
          <DateField at="/planned_on" label={say('计划日期', 'Planned for')} />
          {visit.checklist.map((item) => (
            <div key={item.code} className="grid">
              <ChoiceField at={`/findings/${item.code}/result`} label={told(item.name, lang)} choices={options(FINDING, lang)} /><TextField at={`/findings/${item.code}/remark`} label={say(`说明：${told(item.name, lang)}`, `Remark: ${told(item.name, lang)}`)} />
            </div>
          ))}
          <AreaField at="/summary" label={say('核查小结', 'Summary')} max={5000} />
        </ActionDialog>
      )}
    </Page>
  );
}
