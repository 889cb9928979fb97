import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { read, type Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { useSend } from '../../form/useSend';
import { ActionDialog } from '../../ui/actions';
import { Moment, Page, Panel, ProblemNote } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { sentence, useSay } from '../../words/say';

export function Operations() {
  const say = useSay();
  const may = useMay();
  const client = useQueryClient();
  const jobs = useSuspenseQuery(read('/api/v1/jobs')).data.items;
  const configuration = useSuspenseQuery(read('/api/v1/configuration')).data as unknown as Record<string, unknown>;
  const { send, problem, busy } = useSend();
  const [rotating, setRotating] = useState(false);
  return (
    <Page title={say('运行', 'Operations')} aside={may('key.rotate') && <Button onClick={() => setRotating(true)}>{say('更换签名密钥', 'Rotate the signing key')}</Button>}>
      <ProblemNote problem={problem} />
      <Panel title={say('定时任务', 'Jobs')}>
        <DataTable<Schemas['JobView']> name="jobs" caption={say('定时任务', 'Jobs')} rows={jobs} id={(row) => row.name} empty={say('没有任务。', 'No jobs.')} columns={[
          { key: 'name', title: say('任务', 'Job'), show: (row) => <div>{sentence(row.about)}<br /><code>{row.name}</code></div> },
          { key: 'schedule', title: say('周期', 'Schedule'), show: (row) => sentence(row.schedule) },
          { key: 'next', title: say('下次执行', 'Next run'), show: (row) => <Moment at={row.next_run_at} /> },
          { key: 'last', title: say('上次完成', 'Last finished'), show: (row) => <Moment at={row.last_finished_at} /> },
          { key: 'runs', title: say('次数', 'Runs'), right: true, show: (row) => row.runs },
          { key: 'error', title: say('上次错误', 'Last error'), show: (row) => row.last_error ?? '—' },
          { key: 'explanation', title: say('现状', 'How it stands'), extra: true, show: (row) => row.explanation },
          ...(may('job.run') ? [{ key: 'run', title: say('操作', 'Action'), show: (row: Schemas['JobView']) => <Button size="small" disabled={busy} onClick={async () => { await send({ method: 'POST', href: `/api/v1/jobs/${row.name}/runs` }); await client.invalidateQueries(); }}>{say('立即执行', 'Run now')}</Button> }] : []),
        ]} />
      </Panel>
      <Panel title={say('配置（只读）', 'Configuration (read-only)')}>
        <p className="soft">{say('在配置文件或环境变量中修改；密钥已隐去。', 'Changed in the configuration file or the environment; secrets are masked.')}</p>
        {Object.entries(configuration).map(([section, value]) => (
          <details key={section}><summary><code>{section}</code></summary><div className="wide" role="region" aria-label={section} tabIndex={0}><pre>{JSON.stringify(value, null, 2)}</pre></div></details>
        ))}
      </Panel>
      {rotating && <ActionDialog action={{ action: 'key.rotate', allowed: true, method: 'POST', href: '/api/v1/key-rotations' }} onClose={() => setRotating(false)}
        words={{ name: ['更换签名密钥', 'Rotate the signing key'], explain: ['立即启用新密钥；旧密钥签发的凭证到期前仍有效。', 'A new key signs from now on; what the old one signed stays good until it runs out.'] }} />}
    </Page>
  );
}
