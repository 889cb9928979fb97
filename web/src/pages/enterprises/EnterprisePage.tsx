import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { read, type Action, type Schemas } from '../../api/client';
import { useMay, useMe } from '../../api/me';
import { AreaField, ChoiceField, DateField, ManyField, MoneyField, NumberField, PercentField, TextField, YesNoField } from '../../form/fields';
import { INDICATORS, lists, TRACKS } from '../../router';
import { ActionDialog } from '../../ui/actions';
import { Amount, Day, Empty, Facts, Mark, Moment, Page, Panel, Rate, State, Wide } from '../../ui/basics';
import { usePlainly } from '../../ui/names';
import { Barred } from '../../ui/Barred';
import { DataTable } from '../../ui/DataTable';
import { Tabs } from '../../ui/Tabs';
import { APPLICATION_STATE, ENTERPRISE_SOURCE, ENTERPRISE_STATUS, ENTRY_SOURCE, FACT_KIND, label, MEMBER_ROLE, MEMBERSHIP_STATE, options, TIER } from '../../words/labels';
import { now } from '../../words/dates';
import { told, useLang, useSay } from '../../words/say';
import { Link } from '@tanstack/react-router';
import { FactDialog } from './FactDialog';

type View = Schemas['EnterpriseView'];

export function EnterprisePage() {
  const say = useSay();
  const lang = useLang();
  const { id = '' } = useParams({ strict: false });
  const view = useSuspenseQuery(read('/api/v1/enterprises/{id}', { params: { path: { id } } })).data;
  const [editing, setEditing] = useState(false);
  const catalogue = useSuspenseQuery(TRACKS).data;
  const trackName = (code: string) => told([...catalogue.tracks, ...catalogue.watch_list].find((one) => one.code === code)?.name ?? [code, code], lang);
  const update = view.actions.find((action) => action.action === 'enterprise.update');
  const name = view.capital.state === 'known' ? <Amount fen={view.capital.amount_fen} /> : view.capital_text;
  return (
    <Page title={view.name} tags={<State of={view.status} table={ENTERPRISE_STATUS} />} lead={<code>{view.credit_code}</code>}
      aside={update && <Button disabled={!update.allowed} onClick={() => setEditing(true)}>{say('修改资料', 'Edit')}</Button>}>
      <Barred until={view.barred_until} />
      <Tabs label={say('企业档案', 'Enterprise record')} items={[
        { key: 'record', label: say('登记信息', 'Record'), children: (
          <Panel>
            <Facts rows={[
              [say('在库类别', 'Tiers'), view.tiers.map((tier) => label(TIER, tier, lang)).join(lang === 'en' ? ', ' : '、')],
              [say('赛道', 'Tracks'), view.tracks.map(trackName).join(lang === 'en' ? ', ' : '、')],
              [say('成立日期', 'Registered on'), <Day key="d" on={view.registered_on} />],
              [say('注册资本', 'Capital'), name],
              [say('注册地在崂山', 'Registered in Laoshan'), view.registered_in_laoshan ? say('是', 'yes') : view.registered_in_laoshan_stated || view.address ? say('否', 'no') : '—'],
              [say('地址', 'Address'), view.address], [say('园区', 'Park'), view.park], [say('英文名称', 'English name'), view.english_name],
              [say('经营范围', 'Business scope'), view.business_scope],
              [say('档案来源', 'Source'), label(ENTERPRISE_SOURCE, view.source, lang)], [say('最近更新', 'Updated'), <Moment key="u" at={view.updated_at} />],
            ]} />
          </Panel>
        ) },
        { key: 'figures', label: say('年度数据', 'Annual figures'), children: <Figures id={id} view={view} /> },
        { key: 'facts', label: say('资质与事实', 'Titles and facts'), children: <FactList id={id} view={view} /> },
        { key: 'people', label: say('人员', 'People'), children: <People view={view} /> },
        { key: 'links', label: say('申报与在库', 'Applications and library'), children: <Linked id={id} /> },
      ]} />
      {editing && update && <EditDialog view={view} action={update} onClose={() => setEditing(false)} />}
    </Page>
  );
}

function EditDialog({ view, action, onClose }: { view: View; action: Action; onClose: () => void }) {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const catalogue = useSuspenseQuery(TRACKS).data;
  const before: Record<string, unknown> = Object.fromEntries(Object.entries({
    name: view.name, english_name: view.english_name, registered_on: view.registered_on, capital: view.capital_text, address: view.address, park: view.park,
    business_scope: view.business_scope, tracks: view.tracks, registered_in_laoshan: view.registered_in_laoshan_stated ? view.registered_in_laoshan : undefined, status: view.status,
  }).filter(([, value]) => value !== null && value !== undefined));
  return (
    <ActionDialog action={action} version={view.version} initial={before} onClose={onClose}
      words={{
        name: ['修改企业资料', 'Edit record'], press: ['保存', 'Save'], wide: true,
        // Only what was changed is sent: some of it is not for every role to write.
        shape: (typed) => Object.fromEntries([...new Set([...Object.keys(before), ...Object.keys(typed)])]
          .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(typed[key])).map((key) => [key, typed[key] ?? null])),
      }}>
      <TextField at="/name" label={say('企业名称', 'Name')} required />
      <TextField at="/english_name" label={say('英文名称', 'English name')} />
      <div className="grid">
        <DateField at="/registered_on" label={say('成立日期', 'Registered on')} />
        <TextField at="/capital" label={say('注册资本', 'Capital')} />
        <TextField at="/park" label={say('园区', 'Park')} />
        {may('enterprise.create') && <ChoiceField at="/status" label={say('登记状态', 'Status')} choices={options(ENTERPRISE_STATUS, lang)} />}
      </div>
      <TextField at="/address" label={say('地址', 'Address')} />
      <YesNoField at="/registered_in_laoshan" label={say('注册地在崂山区', 'Registered in Laoshan')} />
      <ManyField at="/tracks" label={say('赛道', 'Tracks')} choices={[...catalogue.tracks, ...catalogue.watch_list].map((one) => ({ value: one.code, label: told(one.name, lang) }))} />
      <AreaField at="/business_scope" label={say('经营范围', 'Business scope')} rows={3} />
    </ActionDialog>
  );
}

function Figures({ id, view }: { id: string; view: View }) {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const metrics = useSuspenseQuery(read('/api/v1/enterprises/{id}/metrics', { params: { path: { id } } })).data;
  const { indicators } = useSuspenseQuery(INDICATORS).data;
  const [year, setYear] = useState<number | null>(null);
  const [verifying, setVerifying] = useState<string | null>(null);
  const years = Object.keys(metrics.years).sort().reverse();
  const last = now().getFullYear() - 1;
  const offered = [...new Set([last, last - 1, last - 2, ...years.map(Number)])].sort((a, b) => b - a);
  const rows = indicators.filter((row) => years.some((one) => metrics.years[one]?.[row.code]));
  return (
    <Panel extra={may('metric.write') && (
      <span className="actions">{offered.slice(0, 3).map((one) => <Button key={one} onClick={() => setYear(one)}>{say(`填报 ${one} 年`, `Enter ${one}`)}</Button>)}</span>
    )}>
      {rows.length === 0 ? <Empty>{say('还没有年度数据。', 'No annual figures yet.')}</Empty> : (
        <Wide label={say('年度数据', 'Annual figures')}>
          <table className="compare">
            <thead><tr><th scope="col">{say('指标', 'Figure')}</th>{years.map((one) => (
              <th key={one} scope="col">{one} {may('metric.verify') && <Button size="small" type="link" onClick={() => setVerifying(one)}>{say('核验', 'Verify')}</Button>}</th>
            ))}</tr></thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.code}><th scope="row">{told(row.name, lang)}</th>
                  {years.map((one) => {
                    const entry = metrics.years[one]?.[row.code];
                    const before = metrics.years[String(Number(one) - 1)]?.[row.code];
                    return (
                      <td key={one} className="figure">
                        {!entry ? '—' : row.unit === 'fen' ? <Amount fen={entry.value} full /> : row.unit === 'ppm' ? <Rate ppm={entry.value} /> : entry.value}
                        {entry && before && <Change from={before.value} to={entry.value} />}
                        {entry?.verified && <Mark tone="good">{say('已核验', 'Verified')}</Mark>}
                        {entry && <span className="unseen">{label(ENTRY_SOURCE, entry.source, lang)}</span>}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      )}
      {year !== null && (
        <ActionDialog action={{ action: 'metric.write', allowed: true, method: 'PUT', href: `/api/v1/enterprises/${id}/metrics/${year}` }} version={view.version} onClose={() => setYear(null)}
          initial={Object.fromEntries(Object.entries(metrics.years[String(year)] ?? {}).map(([code, entry]) => [code, entry.value]))}
          words={{ name: [`填报 ${year} 年数据`, `Figures of ${year}`], press: ['保存', 'Save'], wide: true, explain: ['没有的数据可以不填；已核验的数据修改后须重新核验。', 'Leave out what you do not have. A verified figure that is changed has to be verified again.'] }}>
          <div className="grid">
            {indicators.map((row) => {
              const props = { at: `/${row.code}`, label: told(row.name, lang) };
              return row.unit === 'fen' ? <MoneyField key={row.code} {...props} negative={row.min === undefined || row.min === null || row.min < 0} /> : row.unit === 'ppm' ? <PercentField key={row.code} {...props} /> : <NumberField key={row.code} {...props} />;
            })}
          </div>
        </ActionDialog>
      )}
      {verifying !== null && (
        <ActionDialog action={{ action: 'metric.verify', allowed: true, method: 'POST', href: `/api/v1/enterprises/${id}/metrics/${verifying}/verification` }} version={view.version} onClose={() => setVerifying(null)}
          initial={{ indicators: Object.entries(metrics.years[verifying] ?? {}).filter(([, entry]) => !entry.verified).map(([code]) => code) }}
          words={{ name: [`核验 ${verifying} 年数据`, `Verify ${verifying}`], wide: true }}>
          <ManyField at="/indicators" label={say('核验的指标', 'Figures')} choices={indicators.filter((row) => metrics.years[verifying]?.[row.code]).map((row) => ({ value: row.code, label: told(row.name, lang) }))} />
        </ActionDialog>
      )}
    </Panel>
  );
}

/** How a figure moved since the year before, in whole percent; nothing where a percentage would mean nothing. */
function Change({ from, to }: { from: number; to: number }) {
  const say = useSay();
  if (from <= 0 || from === to) return null;
  const percent = Number((BigInt(to - from) * 100n) / BigInt(from));
  return <small className={percent < 0 ? 'due-over' : 'soft'} title={say('较上年', 'since the year before')}> {percent > 0 ? '+' : ''}{percent} %</small>;
}

function FactList({ id, view }: { id: string; view: View }) {
  const say = useSay();
  const lang = useLang();
  const plainly = usePlainly();
  const page = useSuspenseQuery(read('/api/v1/enterprises/{id}/facts', { params: { path: { id } } })).data;
  const add = view.actions.find((action) => action.action === 'fact.write');
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const [doing, setDoing] = useState<Action | null>(null);
  return (
    <Panel extra={add && <Button disabled={!add.allowed} onClick={() => setAdding(true)}>{say('添加', 'Add')}</Button>}>
      <DataTable<Schemas['FactView']> name="facts" caption={say('资质与事实', 'Titles and facts')} rows={page.items} id={(row) => row.id} empty={say('还没有记录。', 'Nothing on record.')} columns={[
        { key: 'kind', title: say('类别', 'Kind'), show: (row) => label(FACT_KIND, row.kind, lang) },
        { key: 'detail', title: say('内容', 'Content'), show: (row) => plainly(row.detail, '') },
        { key: 'source', title: say('来源', 'Source'), show: (row) => label(ENTRY_SOURCE, row.source, lang) },
        { key: 'verified', title: say('核验', 'Verified'), show: (row) => (row.verified ? <Mark tone="good">{say('已核验', 'Verified')}</Mark> : may('fact.verify')
          ? <Button size="small" onClick={() => setDoing({ action: 'fact.verify', allowed: true, method: 'POST', href: `/api/v1/enterprises/${id}/facts/${row.id}/verification` })}>{say('核验', 'Verify')}</Button> : say('未核验', 'no')) },
        ...(add ? [{ key: 'end', title: say('操作', 'Action'), show: (row: Schemas['FactView']) => <Button size="small" onClick={() => setDoing({ action: 'fact.end', allowed: true, method: 'DELETE', href: `/api/v1/enterprises/${id}/facts/${row.id}` })}>{say('移除', 'Remove')}</Button> }] : []),
      ]} />
      {adding && <FactDialog href={`/api/v1/enterprises/${id}/facts`} onClose={() => setAdding(false)} />}
      {doing && <ActionDialog action={doing} version={page.items.find((row) => doing.href.includes(row.id))?.version} onClose={() => setDoing(null)}
        words={doing.method === 'DELETE' ? { name: ['移除', 'Remove'], tone: 'danger', explain: ['记录不再生效，历史仍保留。', 'It no longer counts; the history keeps it.'] } : { name: ['核验', 'Verify'] }} />}
    </Panel>
  );
}

function People({ view }: { view: View }) {
  const say = useSay();
  const lang = useLang();
  const me = useMe();
  const may = useMay();
  const verify = view.actions.find((action) => action.action === 'member.verify');
  const [doing, setDoing] = useState<{ action: Action; member: string } | null>(null);
  const members = useQuery({ ...read('/api/v1/enterprises/{id}/members', { params: { path: { id: view.id } } }), enabled: may('member.list') }).data ?? view.members ?? [];
  return (
    <Panel>
      <DataTable<Schemas['MemberView']> name="members" caption={say('人员', 'People')} rows={members} id={(row) => row.id} empty={say('还没有人代表该企业。', 'Nobody acts for the enterprise yet.')} columns={[
        { key: 'name', title: say('姓名', 'Name'), show: (row) => row.name },
        { key: 'email', title: say('邮箱', 'E-mail'), show: (row) => row.email },
        { key: 'role', title: say('身份', 'Role'), show: (row) => label(MEMBER_ROLE, row.role, lang) },
        { key: 'verified', title: say('核验', 'Verified'), show: (row) => (row.verified ? <Mark tone="good">{say('已核验', 'Verified')}</Mark> : verify?.allowed
          ? <Button size="small" onClick={() => setDoing({ action: verify, member: row.id })}>{say('核验', 'Verify')}</Button> : <Mark tone="warn">{say('待核验', 'To be verified')}</Mark>) },
        { key: 'end', title: say('操作', 'Action'), show: (row) => (may('member.remove') && row.user_id !== me.id
          ? <Button size="small" onClick={() => setDoing({ member: row.id, action: { action: 'member.remove', allowed: true, method: 'DELETE', href: `/api/v1/enterprises/${view.id}/members/${row.id}` } })}>{say('移除', 'Remove')}</Button> : '—') },
      ]} />
      {doing && (
        <ActionDialog action={doing.action} version={view.version} initial={doing.action.method === 'DELETE' ? undefined : { member_id: doing.member, evidence: '' }} onClose={() => setDoing(null)}
          words={doing.action.method === 'DELETE' ? { name: ['移除人员', 'Remove'], tone: 'danger', explain: ['此人不再能代表该企业。', 'They no longer act for the enterprise.'] } : { name: ['核验身份', 'Verify'], explain: ['确认此人可以代表该企业。', 'Confirms that they act for the enterprise.'] }}>
          {doing.action.method !== 'DELETE' && <AreaField at="/evidence" label={say('核验依据', 'What was seen')} hint={say('例如：营业执照原件、加盖公章的授权书', 'For example: the licence and a stamped authorisation')} required />}
        </ActionDialog>
      )}
    </Panel>
  );
}

function Linked({ id }: { id: string }) {
  const say = useSay();
  const lang = useLang();
  const applications = useQuery(lists.applications({ enterprise_id: id })).data;
  const memberships = useQuery(lists.memberships({ enterprise_id: id })).data;
  const rounds = useQuery(read('/api/v1/rounds', { params: { query: { limit: 100 } } })).data?.items ?? [];
  const may = useMay();
  return (
    <>
      <p className="views">
        {may('support_item.list') && <><Link to="/support" search={{ enterprise_id: id }}>{say('服务事项', 'Support items')}</Link><Link to="/support-plans" search={{ enterprise_id: id }}>{say('一企一策方案', 'Support plans')}</Link></>}
        {may('annual_update.list') && <Link to="/annual-updates" search={{ enterprise_id: id }}>{say('年度更新', 'Yearly reports')}</Link>}
        {may('major_change.list') && <Link to="/major-changes" search={{ enterprise_id: id }}>{say('重大变更', 'Major changes')}</Link>}
        {may('enterprise_link.list') && <Link to="/links" search={{ enterprise_id: id }}>{say('上下游关系', 'Links')}</Link>}
      </p>
      <Panel title={say('申报', 'Applications')}>
        <ul className="rules">{(applications?.items ?? []).map((one) => (
          <li key={one.id} className="rule"><div className="rule-line"><Link className="rule-text" to="/applications/$id" params={{ id: one.id }}>{rounds.find((round) => round.id === one.round_id)?.name ?? '—'} · {label(TIER, one.tier, lang)}</Link><State of={one.state} table={APPLICATION_STATE} /><Moment at={one.updated_at} /></div></li>
        ))}</ul>
        {applications?.items.length === 0 && <Empty>{say('没有申报。', 'None.')}</Empty>}
      </Panel>
      <Panel title={say('在库资格', 'Memberships')}>
        <ul className="rules">{(memberships?.items ?? []).map((one) => (
          <li key={one.id} className="rule"><div className="rule-line"><Link className="rule-text" to="/library/$id" params={{ id: one.id }}>{[one.certificate_number ?? say('储备', 'Candidate'), ...(one.tier ? [label(TIER, one.tier, lang)] : [])].join(' · ')}</Link><State of={one.state} table={MEMBERSHIP_STATE} /></div></li>
        ))}</ul>
        {memberships?.items.length === 0 && <Empty>{say('未入库。', 'Not in the library.')}</Empty>}
      </Panel>
    </>
  );
}
