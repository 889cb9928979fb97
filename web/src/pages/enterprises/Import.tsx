import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Progress } from 'antd';
import { useState, type ReactNode } from 'react';
import { write, type Schemas } from '../../api/client';
import { asProblem, type Problem } from '../../api/problem';
import { Page, Panel, ProblemNote } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { useSay } from '../../words/say';

type Summary = Schemas['ImportSummary'];

export function Import() {
  const say = useSay();
  return (
    <ImportPage title={say('批量导入企业', 'Import enterprises')} href="/api/v1/enterprises/imports" skippable
      hint={say('首行为列名，例如：统一社会信用代码、企业名称、成立日期、注册资本', 'The first row names the columns as the register does, in Chinese: credit code, name, date of registration, capital')} />
  );
}

interface ImportProps {
  title: string;
  href: string;
  hint: string;
  /** Whether the endpoint can leave out refused rows. */
  skippable: boolean;
  query?: string;
  children?: ReactNode;
}

/** Any table file: tried first, every refused cell named, then written. */
export function ImportPage({ title, href, hint, skippable, query = '', children }: ImportProps) {
  const say = useSay();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [summary, setSummary] = useState<Summary | null>(null);
  const [written, setWritten] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [skip, setSkip] = useState(false);
  const run = async (dry: boolean) => {
    if (!file) return;
    setBusy(true);
    setProblem(null);
    try {
      const body = new Blob([await file.arrayBuffer()], { type: 'application/octet-stream' });
      const answer = await write<Summary>({ method: 'POST', href: `${href}?dry_run=${dry}${skippable ? `&skip_rejected=${skip}` : ''}${query}`, body });
      setSummary(answer);
      setWritten(!dry);
      if (!dry) await client.invalidateQueries();
    } catch (error) {
      const refused = asProblem(error);
      // What is refused cell by cell is said by the table below.
      if (!Array.isArray(refused.more.rejected)) setProblem(refused);
      else setSummary({ read: 0, created: 0, updated: 0, unchanged: 0, ...refused.more, rejected: refused.more.rejected as Summary['rejected'] } as Summary);
    } finally {
      setBusy(false);
    }
  };
  const rejected = summary?.rejected ?? [];
  return (
    <Page title={title} narrow lead={say('支持 CSV、XLS、XLSX。先试运行，逐格指出问题；确认后再写入。', 'CSV, XLS or XLSX. It is tried first and every refused cell is named; then it is written.')}>
      <Panel>
        <div className="field">
          <label htmlFor="import-file">{say('文件', 'File')}</label>
          <input id="import-file" className="input" type="file" accept=".csv,.xls,.xlsx" onChange={(e) => { setFile(e.target.files?.[0] ?? null); setSummary(null); setWritten(false); setProblem(null); }} />
          <div className="field-hint">{hint}</div>
        </div>
        {children}
        {skippable && <div className="field"><label><input type="checkbox" checked={skip} onChange={(e) => setSkip(e.target.checked)} /> {say('跳过有问题的行，写入其余', 'Leave out refused rows and write the rest')}</label></div>}
        <div className="actions">
          <Button disabled={!file} loading={busy} onClick={() => void run(true)}>{say('试运行', 'Try it')}</Button>
          <Button type="primary" disabled={!file || !summary || written || (rejected.length > 0 && !skip)} loading={busy} onClick={() => void run(false)}>{say('写入', 'Write')}</Button>
        </div>
        {busy && <Progress percent={100} status="active" showInfo={false} aria-label={say('正在处理', 'Working')} />}
      </Panel>
      <ProblemNote problem={problem} />
      {summary && (
        <Panel title={written ? say('已写入', 'Written') : say('试运行结果', 'What would be written')}>
          <Alert role="status" type={rejected.length > 0 ? 'warning' : 'success'} showIcon
            title={say(`共 ${summary.read} 行：新增 ${summary.created}，更新 ${summary.updated}，不变 ${summary.unchanged}，问题 ${rejected.length} 处`, `Rows read: ${summary.read}. New: ${summary.created}, updated: ${summary.updated}, unchanged: ${summary.unchanged}, refused cells: ${rejected.length}`)} />
          {rejected.length > 0 && (
            <DataTable name="rejected" caption={say('问题', 'Refused cells')} rows={rejected.slice(0, 200).map((one, i) => ({ ...one, id: String(i) }))} id={(row) => row.id} empty="" columns={[
              { key: 'row', title: say('行', 'Row'), right: true, show: (row) => row.row },
              { key: 'column', title: say('列', 'Column'), show: (row) => row.column },
              { key: 'message', title: say('问题', 'What is wrong'), show: (row) => row.message },
            ]} />
          )}
        </Panel>
      )}
    </Page>
  );
}
