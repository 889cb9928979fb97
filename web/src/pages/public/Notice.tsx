import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button, Result } from 'antd';
import { useState } from 'react';
import { read } from '../../api/client';
import { FaultSummary, FormArea } from '../../form/context';
import { AreaField, ChoiceField, TextField } from '../../form/fields';
import { useSend } from '../../form/useSend';
import { Amount, Day, Mark, Page, Panel } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { label, TIER } from '../../words/labels';
import { told, useLang, useSay } from '../../words/say';

interface Typed {
  subject_id?: string; name?: string; contact?: string; content?: string; evidence?: string;
}

export function Notice() {
  const say = useSay();
  const lang = useLang();
  const { id } = useParams({ strict: false });
  const notice = useSuspenseQuery(read('/api/v1/public/notices/{id}', { params: { path: { id: id ?? '' } } })).data;
  const [objecting, setObjecting] = useState(false);
  const [typed, setTyped] = useState<Typed>({});
  const [receipt, setReceipt] = useState<string>();
  const { send, problem, busy } = useSend();
  const subjects = notice.subjects.map((subject) => ({ id: subject.id, fields: subject.fields as Record<string, unknown> }));
  const nameOf = (fields: Record<string, unknown>) => String(fields.enterprise_name ?? fields.name ?? '');
  const given = new Set(subjects.flatMap((subject) => Object.keys(subject.fields)));
  // The amount in words says what the amount says already.
  const keys = [...Object.keys(FIELD).filter((key) => given.has(key)), ...[...given].filter((key) => !(key in FIELD) && !key.endsWith('_text'))];
  return (
    <Page title={notice.title} narrow tags={notice.running ? <Mark tone="good">{say('公示中', 'Running')}</Mark> : <Mark>{say('已结束', 'Over')}</Mark>}
      lead={<>{say('公示期', 'From')} <Day on={notice.starts_on} /> {say('至', 'to')} <Day on={notice.ends_on} /></>}
      aside={<Button onClick={() => print()}>{say('打印', 'Print')}</Button>}>
      <Panel>
        <p style={{ whiteSpace: 'pre-wrap' }}>{notice.body}</p>
        <DataTable name="notice-subjects" caption={say('公示名单', 'List')} rows={subjects} id={(row) => row.id} empty={say('名单为空。', 'The list is empty.')}
          columns={keys.map((key) => ({
            key, title: FIELD[key] ? told(FIELD[key], lang) : key,
            show: (row: (typeof subjects)[number]) => shown(key, row.fields[key], lang),
          }))} />
      </Panel>
      {notice.running && !receipt && (
        <Panel title={say('提出异议', 'Object')}>
          {!objecting ? (
            <>
              <p>{say('异议须实名，写明事实并附证据线索。您的身份只有经办该异议的人可见。', 'Objections need your real name, the facts and evidence. Only the person who handles it sees who you are.')}</p>
              <Button onClick={() => setObjecting(true)}>{say('我要提出异议', 'I want to object')}</Button>
            </>
          ) : (
            <FormArea value={typed} onChange={setTyped} problem={problem}>
              <form onSubmit={async (e) => {
                e.preventDefault();
                const answer = await send<{ receipt: string }>({ method: 'POST', href: `/api/v1/public/notices/${notice.id}/objections`, body: typed });
                if (answer) setReceipt(answer.receipt);
              }}>
                <FaultSummary problem={problem} />
                <ChoiceField at="/subject_id" label={say('针对的企业', 'About which enterprise')} required choices={subjects.map((subject) => ({ value: subject.id, label: nameOf(subject.fields) }))} />
                <div className="grid">
                  <TextField at="/name" label={say('您的姓名或单位', 'Your name')} autoComplete="name" required />
                  <TextField at="/contact" label={say('联系方式', 'How to reach you')} autoComplete="tel" required />
                </div>
                <AreaField at="/content" label={say('异议内容', 'What you object to')} required />
                <AreaField at="/evidence" label={say('证据或线索', 'Evidence')} required />
                <div className="actions">
                  <Button type="primary" htmlType="submit" loading={busy}>{say('提交异议', 'Send')}</Button>
                  <Button onClick={() => setObjecting(false)}>{say('取消', 'Cancel')}</Button>
                </div>
              </form>
            </FormArea>
          )}
        </Panel>
      )}
      {receipt && (
        <Panel><Result status="success" title={say('异议已收到', 'Your objection was received')} subTitle={<>{say('回执编号', 'Receipt')}{say('：', ': ')}<code>{receipt}</code><br />{say('请保存此编号。经办人核查后，会按您留下的联系方式答复。', 'Please keep this number. An officer investigates and answers by the contact you gave.')}</>} /></Panel>
      )}
    </Page>
  );
}

const FIELD: Record<string, readonly [string, string]> = {
  enterprise_name: ['企业名称', 'Enterprise'],
  name: ['名称', 'Name'],
  credit_code: ['统一社会信用代码', 'Credit code'],
  tier: ['类别', 'Tier'],
  claim_year: ['计息年度', 'Interest year'],
  amount_fen: ['金额', 'Amount'],
  bank: ['银行', 'Bank'],
  bank_name: ['银行', 'Bank'],
  period: ['期间', 'Period'],
};

function shown(key: string, value: unknown, lang: 'zh-CN' | 'en') {
  if (key === 'tier') return label(TIER, String(value), lang);
  if (key.endsWith('_fen') && typeof value === 'number') return <Amount fen={value} full />;
  return value === null || value === undefined ? '—' : String(value);
}
