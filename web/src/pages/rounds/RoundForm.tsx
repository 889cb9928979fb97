import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { read, type Schemas } from '../../api/client';
import { FaultSummary, FormArea } from '../../form/context';
import { AreaField, CheckField, ChoiceField, ManyField, MomentField, NumberField, TextField } from '../../form/fields';
import { useSend } from '../../form/useSend';
import { lists } from '../../router';
import { Page, Panel } from '../../ui/basics';
import { LinkButton } from '../../ui/LinkButton';
import { Theirs, useTheirs } from '../../ui/Theirs';
import { label, options, TIER } from '../../words/labels';
import { today } from '../../words/dates';
import { mergePatch, type Json } from '../../words/patch';
import { told, useLang, useSay } from '../../words/say';

type Settings = Record<string, unknown> & { tiers?: string[] };

export function NewRound() {
  const say = useSay();
  const rules = useSuspenseQuery(lists.ruleSets({ state: 'published' })).data.items;
  const navigate = useNavigate();
  const client = useQueryClient();
  const { send, problem, busy } = useSend();
  const [typed, setTyped] = useState<Settings>({ year: Number(today().slice(0, 4)), tiers: [], ...(rules[0] ? { rule_set_id: rules[0].id } : {}) });
  return (
    <Page title={say('新建批次', 'New round')} narrow lead={say('先存为草稿，核对后再发布。', 'It is a draft first; publish it when it is right.')}>
      <FormArea value={typed} onChange={setTyped} problem={problem}>
        <form onSubmit={async (e) => {
          e.preventDefault();
          const made = await send<Schemas['RoundView']>({ method: 'POST', href: '/api/v1/rounds', body: typed });
          if (!made) return;
          await client.invalidateQueries();
          await navigate({ to: '/rounds/$id', params: { id: made.id } });
        }}>
          <FaultSummary problem={problem} />
          <Fields tiers={typed.tiers ?? []} />
          <div className="form-bar"><LinkButton to="/rounds">{say('取消', 'Cancel')}</LinkButton><Button type="primary" htmlType="submit" loading={busy}>{say('保存草稿', 'Save draft')}</Button></div>
        </form>
      </FormArea>
    </Page>
  );
}

const SETTINGS = ['name', 'year', 'tiers', 'rule_set_id', 'opens_at', 'closes_at', 'grace_seconds', 'expert_review', 'site_check', 'evidence_required', 'certification', 'approvals_needed', 'quotas', 'max_returns', 'return_days', 'publicity_days', 'first_day_counts', 'guide'];

export function EditRound() {
  const say = useSay();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { id = '' } = useParams({ strict: false });
  const round = useSuspenseQuery(read('/api/v1/rounds/{id}', { params: { path: { id } } })).data;
  const { send, problem, busy } = useSend();
  const [before] = useState<Settings>(() => Object.fromEntries(Object.entries(round).filter(([key, value]) => SETTINGS.includes(key) && value !== null)));
  const [version] = useState(round.version);
  const [typed, setTyped] = useState<Settings>(before);
  const patch = mergePatch(before as Record<string, Json>, typed as Record<string, Json>);
  const newer = useTheirs(problem, `/api/v1/rounds/${id}`, patch ?? {});
  return (
    <Page title={say('修改批次', 'Edit round')} narrow lead={round.name}>
      <FormArea value={typed} onChange={setTyped} problem={problem}>
        <form onSubmit={async (e) => {
          e.preventDefault();
          if (!(await send({ method: 'PATCH', href: `/api/v1/rounds/${id}`, body: patch ?? {}, version: newer?.version ?? version }))) return;
          await client.invalidateQueries();
          await navigate({ to: '/rounds/$id', params: { id } });
        }}>
          {newer && problem?.status === 412 ? <Theirs newer={newer} /> : <FaultSummary problem={problem} />}
          <Fields tiers={typed.tiers ?? []} />
          <div className="form-bar"><LinkButton to="/rounds/$id" params={{ id }}>{say('取消', 'Cancel')}</LinkButton><Button type="primary" htmlType="submit" loading={busy} disabled={!patch}>{say('保存', 'Save')}</Button></div>
        </form>
      </FormArea>
    </Page>
  );
}

function Fields({ tiers }: { tiers: string[] }) {
  const say = useSay();
  const lang = useLang();
  const rules = useSuspenseQuery(lists.ruleSets({ state: 'published' })).data.items;
  return (
    <>
      <Panel title={say('基本', 'Basics')}>
        <TextField at="/name" label={say('名称', 'Name')} required />
        <div className="grid">
          <NumberField at="/year" label={say('年度', 'Year')} required />
          <ChoiceField at="/rule_set_id" label={say('适用规则', 'Rules')} required choices={rules.map((rule) => ({ value: rule.id, label: `${told(rule.name, lang)} · v${rule.revision}` }))} />
        </div>
        <ManyField at="/tiers" label={say('类别', 'Tiers')} choices={options(TIER, lang)} required />
        <AreaField at="/guide" label={say('申报指南', 'Guide')} rows={5} />
      </Panel>
      <Panel title={say('时间', 'Times')}>
        <div className="grid">
          <MomentField at="/opens_at" label={say('开始申报', 'Opens')} required />
          <MomentField at="/closes_at" label={say('申报截止', 'Closes')} required />
          <NumberField at="/grace_seconds" label={say('截止宽限', 'Grace')} unit={say('秒', 'seconds')} />
        </div>
      </Panel>
      <Panel title={say('程序', 'Procedure')}>
        <CheckField at="/expert_review" label={say('有专家评审', 'With expert review')} />
        <CheckField at="/site_check" label={say('有实地核查', 'With site checks')} />
        <CheckField at="/evidence_required" label={say('规则标为必需的附件须随申报提交', 'What the rules call required has to be handed in with the application')} />
        <CheckField at="/certification" label={say('须由经核验的企业所有者账户签署提交', 'A verified owner of the enterprise signs and submits')} />
        <div className="grid">
          <NumberField at="/max_returns" label={say('最多补正次数', 'Corrections at most')} />
          <NumberField at="/return_days" label={say('每次补正期限', 'Time to correct')} unit={say('工作日', 'working days')} />
          <NumberField at="/publicity_days" label={say('公示期', 'Public notice')} unit={say('工作日', 'working days')} />
          <NumberField at="/approvals_needed" label={say('决定所需批准人数', 'Approvals needed')} />
        </div>
        <CheckField at="/first_day_counts" label={say('公示首日计入期限', 'The first day of the notice counts')} />
      </Panel>
      {tiers.length > 0 && (
        <Panel title={say('名额', 'Quotas')}>
          <p className="soft">{say('不填表示不限。', 'Left out: no limit.')}</p>
          <div className="grid">{tiers.map((tier) => <NumberField key={tier} at={`/quotas/${tier}`} label={label(TIER, tier, lang)} />)}</div>
        </Panel>
      )}
    </>
  );
}
