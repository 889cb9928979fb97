import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { read, type Action } from '../../api/client';
import { useMay } from '../../api/me';
import { AreaField, ChoiceField, DateField, ListField, TextField } from '../../form/fields';
import { ActionBar, ActionDialog } from '../../ui/actions';
import { EnterpriseLink } from '../../ui/EnterpriseLink';
import { Day, Due, Facts, Mark, Moment, Page, Panel, State } from '../../ui/basics';
import { Files } from '../applications/Files';
import { CATEGORY, DECISION_ACTION, DECISION_STATE, ESCALATION, ITEM_KIND, ITEM_STATE, ITEM_STEP, label } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

export function ItemPage() {
  const say = useSay();
  const lang = useLang();
  const { id = '' } = useParams({ strict: false });
  const item = useSuspenseQuery(read('/api/v1/support-items/{id}', { params: { path: { id } } })).data;
  const may = useMay();
  const [assigning, setAssigning] = useState<Action | null>(null);
  const [reporting, setReporting] = useState<Action | null>(null);
  const over = ['closed', 'explained'].includes(item.state);
  const counting = !over && item.state !== 'pending_confirm';
  return (
    <Page title={item.title} tags={<State of={item.state} table={ITEM_STATE} />} lead={item.enterprise_name}>
      {item.escalation !== 'none' && <Panel><Mark tone={item.escalation === 'red' ? 'bad' : 'warn'}>{label(ESCALATION, item.escalation, lang)}</Mark> {say('已超过期限，正在督办。', 'The deadline has passed; it is being followed up.')}</Panel>}
      <Panel>
        <ActionBar record={item} own={{ 'support_item.assign': setAssigning, 'support_item.progress': setReporting, 'support_item.complete': setReporting }}
          order={['support_item.confirm', 'support_item.accept', 'support_item.assign', 'support_item.answer', 'support_item.progress', 'support_item.complete', 'support_item.close']} />
      </Panel>
      <div className="columns">
        <div>
          <Panel title={say('具体情况', 'Details')}><p style={{ whiteSpace: 'pre-wrap' }}>{item.description || '—'}</p></Panel>
          <Panel title={say('附件', 'Files')}><Files id={item.id} of="support-items" editable={!over && may('support_item.attach')} /></Panel>
          <Panel title={say('办理经过', 'What was done')}>
            <ol className="history">
              {item.entries.map((entry, i) => (
                <li key={i}><Moment at={entry.at} /><p><strong>{label(ITEM_STEP, entry.step, lang)}</strong>{entry.by && <span className="soft"> · {entry.by}</span>}</p>{entry.note && <p style={{ whiteSpace: 'pre-wrap' }}>{entry.note}</p>}
                  {entry.documents.length > 0 && <ul>{entry.documents.map((one, n) => <li key={n}>{one.title}{one.number && ` (${one.number})`}</li>)}</ul>}</li>
              ))}
            </ol>
          </Panel>
        </div>
        <div>
          <Panel title={say('基本信息', 'Facts')}>
            <Facts rows={[
              [say('企业', 'Enterprise'), <EnterpriseLink key="e" id={item.enterprise_id} name={item.enterprise_name} />],
              [say('性质', 'Kind'), label(ITEM_KIND, item.kind, lang)], [say('类别', 'Category'), label(CATEGORY, item.category, lang)],
              [say('责任单位', 'Unit'), item.department_name], [say('期限', 'Deadline'), counting ? <Due key="d" on={item.deadline_on} /> : <Day key="d" on={item.deadline_on} />], [say('承诺办结', 'Promised for'), counting ? <Due key="p" on={item.due_on} /> : <Day key="p" on={item.due_on} />],
              [say('提出时间', 'Raised'), <Moment key="r" at={item.raised_at} />], [say('满意度', 'Rating'), item.rating === null || item.rating === undefined ? null : `${item.rating} / 5`],
              item.plan_id ? [say('所属方案', 'Plan'), <Link key="l" to="/support-plans/$id" params={{ id: item.plan_id }}>{say('打开方案', 'Open the plan')}</Link>] : false,
            ]} />
          </Panel>
          {item.decisions.length > 0 && <Panel title={say('审批', 'Decisions')}><ul className="rules">{item.decisions.map((one) => <li key={one.id} className="rule"><div className="rule-line"><Link className="rule-text" to="/decisions/$id" params={{ id: one.id }}>{label(DECISION_ACTION, one.action, lang)}</Link><State of={one.state} table={DECISION_STATE} /></div></li>)}</ul></Panel>}
        </div>
      </div>
      {reporting && <ReportDialog action={reporting} version={item.version} onClose={() => setReporting(null)} />}
      {assigning && <AssignDialog action={assigning} version={item.version} onClose={() => setAssigning(null)} />}
    </Page>
  );
}

/** What was done, and the papers that prove it: a number, an invoice, a letter. Without any, or a file, an item is not complete. */
function ReportDialog({ action, version, onClose }: { action: Action; version: number; onClose: () => void }) {
  const say = useSay();
  return (
    <ActionDialog action={action} version={version} onClose={onClose}>
      <ListField at="/documents" label={say('证明文件', 'Papers that prove it')} add={say('添加文件', 'Add a paper')} blank={() => ({ title: '' })}
        hint={say('办结须有证明：填写文件，或先在“附件”中上传。', 'To complete an item there must be a paper here, or a file under “Files”.')}>
        {(at) => (
          <>
            <TextField at={`${at}/title`} label={say('文件名称', 'Title')} required /><TextField at={`${at}/number`} label={say('文号或票号', 'Number')} />
            <TextField at={`${at}/issued_by`} label={say('出具单位', 'Issued by')} /><DateField at={`${at}/dated_on`} label={say('日期', 'Dated')} />
          </>
        )}
      </ListField>
    </ActionDialog>
  );
}

function AssignDialog({ action, version, onClose }: { action: Action; version: number; onClose: () => void }) {
  const say = useSay();
  const units = useQuery(read('/api/v1/departments', { params: { query: { open: true, limit: 200 } } })).data?.items ?? [];
  return (
    <ActionDialog action={action} version={version} onClose={onClose} words={{ name: ['交办', 'Assign'], explain: ['交给责任单位办理，期限随即开始计算。', 'The unit works on it from now on, and the clock runs.'] }}>
      <ChoiceField at="/department_id" label={say('责任单位', 'Unit')} choices={units.map((one) => ({ value: one.id, label: one.name }))} required />
      <AreaField at="/note" label={say('交办要求', 'Note')} rows={2} />
    </ActionDialog>
  );
}
