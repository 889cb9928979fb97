import { DeleteOutlined, DownloadOutlined, PaperClipOutlined, RedoOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App as AntApp, Button, Progress } from 'antd';
import { useRef, useState } from 'react';
import { write, type Schemas } from '../../api/client';
import { download, upload } from '../../api/files';
import { asProblem, type Problem } from '../../api/problem';
import { useField } from '../../form/context';
import { filesQuery, type FileOwner } from '../../router';
import { Mark, Moment, ProblemNote, titleOf } from '../../ui/basics';
import { useSay } from '../../words/say';

type File_ = Schemas['AttachmentSummary'];
type Item = Schemas['EvidenceItemView'];

/** A file on its way up, or one that did not arrive and can be sent again. */
interface Sending {
  key: number;
  file: File;
  item: string | undefined;
  percent: number;
  problem?: Problem;
  stop: AbortController;
}

const OTHER = 'other';

/** The files of an application by what they prove; of other records all in one list. */
export function Files({ id, of = 'applications', evidence = [], editable, inForm }: { id: string; of?: FileOwner; evidence?: Item[]; editable: boolean; inForm?: boolean }) {
  const say = useSay();
  const client = useQueryClient();
  const { message } = AntApp.useApp();
  const { data, error } = useQuery({ ...filesQuery(id, of), retryOnMount: false });
  const [sending, setSending] = useState<Sending[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const count = useRef(0);
  const files = data?.items ?? [];
  const put = (key: number, change: Partial<Sending>) => setSending((all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)));
  const fresh = () => client.invalidateQueries();

  const begin = async (one: Sending) => {
    const query = new URLSearchParams({ name: one.file.name, ...(one.item ? { item: one.item } : {}) });
    try {
      await upload(`/api/v1/${of}/${id}/attachments?${query}`, one.file, (percent) => put(one.key, { percent }), one.stop.signal);
      setSending((all) => all.filter((other) => other.key !== one.key));
      void message.success(say(`已上传：${one.file.name}`, `Uploaded: ${one.file.name}`));
      await fresh();
    } catch (failed) {
      if (one.stop.signal.aborted) setSending((all) => all.filter((other) => other.key !== one.key));
      else put(one.key, { problem: asProblem(failed) });
    }
  };
  const add = (item: string | undefined, chosen: FileList | null) => {
    for (const file of Array.from(chosen ?? [])) {
      const one: Sending = { key: (count.current += 1), file, item, percent: 0, stop: new AbortController() };
      setSending((all) => [...all, one]);
      void begin(one);
    }
  };
  const again = (one: Sending) => {
    const fresh: Sending = { key: one.key, file: one.file, item: one.item, percent: 0, stop: new AbortController() };
    setSending((all) => all.map((other) => (other.key === one.key ? fresh : other)));
    void begin(fresh);
  };
  const remove = async (file: File_) => {
    setProblem(null);
    try {
      await write({ method: 'DELETE', href: `/api/v1/attachments/${file.id}` });
      await fresh();
    } catch (failed) {
      setProblem(asProblem(failed));
    }
  };
  const save = (file: File_) => void download(`/api/v1/attachments/${file.id}/content`, file.name).catch((failed: unknown) => setProblem(asProblem(failed)));
  const rows: Item[] = [...evidence, { code: OTHER, name: evidence.length > 0 ? say('其他材料', 'Other material') : '', required: false }];
  return (
    <>
      <ProblemNote problem={problem ?? error} />
      <ul className="rules">
        {rows.map((row) => {
          const own = files.filter((file) => (row.code === OTHER ? !evidence.some((one) => one.code === file.item) : file.item === row.code));
          const under = sending.filter((one) => (one.item ?? OTHER) === row.code);
          if (!editable && own.length === 0 && row.code === OTHER && evidence.length > 0) return null;
          return (
            <li key={row.code} className="rule">
              <div className="rule-line">
                <span className="rule-text">{row.code !== OTHER && <code>{row.code}</code>} {row.name} {row.required && <span className="field-required" title={say('必填', 'required')}>*</span>}</span>
                {own.length === 0 && under.length === 0 && (row.name ? <Mark tone={row.required ? 'warn' : 'plain'}>{say('未提供', 'none')}</Mark> : <span className="soft">{say('还没有文件。', 'No files yet.')}</span>)}
                {editable && <Pick name={row.name || say('文件', 'file')} onPick={(chosen) => add(row.code === OTHER ? undefined : row.code, chosen)} />}
              </div>
              {inForm && row.code !== OTHER && <ItemFault code={row.code} name={row.name} />}
              <ul className="files">
                {own.map((file) => (
                  <li key={file.id}>
                    <Button type="link" size="small" icon={<DownloadOutlined />} onClick={() => save(file)}><span translate="no">{file.name}</span></Button>
                    <span className="soft">{size(file.bytes)} · <Moment at={file.uploaded_at} /></span>
                    {editable && <Button type="text" size="small" danger icon={<DeleteOutlined />} aria-label={say(`删除 ${file.name}`, `Remove ${file.name}`)} onClick={() => void remove(file)} />}
                  </li>
                ))}
                {under.map((one) => (
                  <li key={one.key}>
                    <span translate="no">{one.file.name}</span>
                    {one.problem ? (
                      <>
                        <span className="field-fault" role="alert">{titleOf(one.problem, say)}{one.problem.detail && `${say('：', ': ')}${one.problem.detail}`}</span>
                        <Button size="small" icon={<RedoOutlined />} onClick={() => again(one)}>{say('重试', 'Try again')}</Button>
                        <Button size="small" type="text" onClick={() => setSending((all) => all.filter((other) => other.key !== one.key))}>{say('放弃', 'Discard')}</Button>
                      </>
                    ) : (
                      <>
                        <Progress percent={one.percent} size="small" style={{ width: 160 }} aria-label={say(`上传进度 ${one.file.name}`, `Progress of ${one.file.name}`)} />
                        <Button size="small" type="text" onClick={() => one.stop.abort()}>{say('取消', 'Cancel')}</Button>
                      </>
                    )}
                  </li>
                ))}
              </ul>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** A button that opens the browser's choice of files; several at once are fine. */
function Pick({ name, onPick }: { name: string; onPick: (files: FileList | null) => void }) {
  const say = useSay();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button size="small" icon={<PaperClipOutlined />} aria-label={say(`添加文件：${name}`, `Add a file: ${name}`)} onClick={() => input.current?.click()}>{say('添加文件', 'Add a file')}</Button>
      <input ref={input} type="file" multiple hidden tabIndex={-1} aria-hidden accept=".pdf,.jpg,.jpeg,.png,.doc,.docx,.xls,.xlsx,.csv,.zip" onChange={(e) => { onPick(e.target.files); e.target.value = ''; }} />
    </>
  );
}

/** What the server says about this item when the form is submitted. */
function ItemFault({ code, name }: { code: string; name: string }) {
  const field = useField<never>(`/attachments/${code}`, name);
  return <div id={field.id} tabIndex={-1}>{field.fault && <p className="field-fault">{field.fault}</p>}{field.remark && <p className="field-remark">{field.remark}</p>}</div>;
}

function size(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
