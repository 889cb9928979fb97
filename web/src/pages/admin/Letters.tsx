import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { read, write, type Schemas } from '../../api/client';
import { asProblem, type Problem } from '../../api/problem';
import { FaultSummary, FormArea } from '../../form/context';
import { AreaField, ChoiceField } from '../../form/fields';
import { Facts, Mark, Page, Panel } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { letterQuery } from '../../router';
import { sentence, useLang, useSay } from '../../words/say';

const query = read('/api/v1/mail-templates');

/** The letters there are, what each may speak about, and whose words are in force. */
export function Letters() {
  const say = useSay();
  const view = useSuspenseQuery(query).data;
  return (
    <Page title={say('邮件模板', 'Letters')} lead={say('内置措辞可由本地文件替换；点开可用虚构数据预览。', 'Built-in words may be replaced by local files; open one to read it with made-up values.')}>
      {view.problems.length > 0 && (
        <Alert type="warning" showIcon className="problem" title={say('有本地文件不能使用，内置措辞仍然有效', 'Some local files cannot be used; the built-in words stay in force')}
          description={<ul>{view.problems.map((one) => <li key={one.file}><code>{one.file}</code> {one.detail}</li>)}</ul>} />
      )}
      <Panel>
        <DataTable<Schemas['MailTemplateView']> name="letters" caption={say('邮件模板', 'Letters')} rows={view.items} id={(row) => row.name} empty={say('没有模板。', 'No letters.')} columns={[
          { key: 'name', title: say('模板', 'Letter'), show: (row) => <Link to="/letters/$name" params={{ name: row.name }}>{sentence(row.title)}</Link> },
          { key: 'file', title: say('文件名', 'File'), show: (row) => <code>{row.name}</code> },
          { key: 'values', title: say('可用的值', 'May speak about'), show: (row) => <code>{row.values.join(', ')}</code> },
          { key: 'words', title: say('措辞', 'Words'), show: (row) => (row.replaced_by.length > 0 ? <><Mark tone="busy">{say('本地', 'Local')}</Mark> <code>{row.replaced_by.join(', ')}</code></> : say('内置', 'Built in')) },
        ]} />
      </Panel>
    </Page>
  );
}

interface Tried {
  lang?: string;
  text?: string;
  html?: string;
}

/** A letter as it would go out, in the words in force or in others that are being tried. Nothing is kept. */
export function Letter() {
  const say = useSay();
  const lang = useLang();
  const { name = '' } = useParams({ strict: false });
  const letter = useSuspenseQuery(query).data.items.find((one) => one.name === name);
  const [tried, setTried] = useState<Tried>({ lang });
  const inForce = useSuspenseQuery(letterQuery(name, lang)).data;
  const [other, setOther] = useState<Schemas['MailTemplatePreview'] | null>(null);
  const shown = other ?? inForce;
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const preview = async (with_: Tried) => {
    setBusy(true);
    setProblem(null);
    try {
      setOther(await write<Schemas['MailTemplatePreview']>({ method: 'POST', href: `/api/v1/mail-templates/${name}/preview`, body: with_ }));
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Page title={letter ? sentence(letter.title) : name} lead={<><code>{name}</code> · <Link to="/letters">{say('全部模板', 'All letters')}</Link></>}>
      <div className="halves">
        <Panel title={say('预览', 'Preview')} extra={<Button onClick={() => save(`${name}.html`, shown.html)}>{say('下载网页版', 'Download the HTML part')}</Button>}>
          <Facts rows={[[say('主题', 'Subject'), <strong key="s" translate="no">{shown.subject}</strong>]]} /><p className="written below" translate="no">{shown.text}</p>
        </Panel>
        <Panel title={say('试用其他措辞', 'Try other words')}>
          <p className="soft">{say('只作预览，不会保存。正式替换请放入模板目录。', 'For the preview only, nothing is kept. To replace a letter, put a file into the folder of local wording.')}</p>
          {letter && <p>{say('可用的值：', 'It may speak about: ')}<code>{letter.values.join(', ')}</code></p>}
          <FormArea value={tried} onChange={setTried} problem={problem}>
            <FaultSummary problem={problem} />
            <ChoiceField at="/lang" label={say('语言', 'Language')} choices={[{ value: 'zh-CN', label: '中文' }, { value: 'en', label: 'English' }]} required />
            <AreaField at="/text" label={say('文字', 'Text')} rows={8} hint={say('第一行 Subject: 主题，空一行后是正文；不填为现行措辞', 'Subject: .. in the first line, an empty line, the text; the words in force when left out')} />
            <details><summary>{say('网页部分', 'HTML part')}</summary><AreaField at="/html" label={say('网页代码', 'HTML')} rows={6} /></details>
          </FormArea>
          <Button type="primary" loading={busy} onClick={() => void preview(tried)}>{say('预览', 'Preview')}</Button>
        </Panel>
      </div>
    </Page>
  );
}

/** The page's own rules forbid the styles that a letter carries, so its HTML is looked at outside. */
function save(name: string, html: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
