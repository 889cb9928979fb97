import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { read } from '../../api/client';
import { useMay } from '../../api/me';
import { ActionBar } from '../../ui/actions';
import { Day, Due, Facts, Moment, Page, Panel, State } from '../../ui/basics';
import { LinkButton } from '../../ui/LinkButton';
import { today } from '../../words/dates';
import { label, ROUND_STATE, TIER } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

const PHASES = ['draft', 'published', 'open', 'closed', 'formal_review', 'expert_review', 'site_check', 'deliberation', 'publicity', 'concluded', 'archived'];

export function RoundPage() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const navigate = useNavigate();
  const { id = '' } = useParams({ strict: false });
  const round = useSuspenseQuery(read('/api/v1/rounds/{id}', { params: { path: { id } } })).data;
  const phases = PHASES.filter((phase) => (phase !== 'expert_review' || round.expert_review) && (phase !== 'site_check' || round.site_check));
  const at = phases.indexOf(round.state);
  const yes = (value: boolean) => (value ? say('有', 'yes') : say('无', 'no'));
  return (
    <Page title={round.name} tags={<State of={round.state} table={ROUND_STATE} />} lead={round.tiers.map((tier) => label(TIER, tier, lang)).join(lang === 'en' ? ', ' : '、')}
      aside={<>{round.expert_review && <LinkButton to="/rounds/$id/review" params={{ id: round.id }}>{say('专家评审', 'Expert review')}</LinkButton>}{['deliberation', 'publicity', 'concluded', 'archived'].includes(round.state) && may('ranking.view') && <LinkButton to="/rounds/$id/deliberation" params={{ id: round.id }} search={round.tiers[0] ? { tier: round.tiers[0] } : {}}>{say('联席审议', 'Deliberation')}</LinkButton>}{may('prospect.list') && ['draft', 'published', 'open'].includes(round.state) && <LinkButton to="/rounds/$id/prospects" params={{ id: round.id }}>{say('可邀请的企业', 'Who could apply')}</LinkButton>}<LinkButton to="/queue" search={{ round_id: round.id }}>{say('查看申报', 'Applications')}</LinkButton></>}>
      {at >= 0 && <ol className="steps-line" aria-label={say('阶段', 'Phases')}>{phases.map((phase, i) => <li key={phase} className={i === at ? 'here' : i < at ? 'done' : ''} aria-current={i === at ? 'step' : undefined}>{label(ROUND_STATE, phase, lang)}</li>)}</ol>}
      <Panel title={say('办理', 'Actions')}>
        <ActionBar record={round} hide={['round_invitation.create']} own={{ 'round.update': () => void navigate({ to: '/rounds/$id/edit', params: { id: round.id } }) }}
          initial={{ 'round.publicise': { starts_on: today() } }} />
      </Panel>
      <div className="columns">
        <Panel title={say('安排', 'Timetable')}>
          <Facts rows={[
            [say('年度', 'Year'), round.year],
            [say('开始申报', 'Opens'), <Moment key="o" at={round.opens_at} />],
            [say('申报截止', 'Closes'), round.state === 'open' ? <Due key="c" at={round.closes_at} /> : <Moment key="c" at={round.closes_at} />],
            [say('宽限', 'Grace'), round.grace_seconds % 60 === 0 ? say(`${round.grace_seconds / 60} 分钟`, `${round.grace_seconds / 60} minutes`) : say(`${round.grace_seconds} 秒`, `${round.grace_seconds} seconds`)],
            [say('补正期限', 'Time to correct'), say(`${round.return_days} 个工作日，最多 ${round.max_returns} 次`, `${round.return_days} working days, at most ${round.max_returns} times`)],
            [say('专家评审', 'Expert review'), yes(round.expert_review)],
            [say('实地核查', 'Site check'), yes(round.site_check)],
            [say('附件', 'Files'), round.evidence_required ? say('必需的须随申报提交', 'the required ones come with the application') : say('可后补', 'may follow later')],
            [say('签署提交', 'Signed by an owner'), round.certification ? say('须由企业所有者签署', 'yes') : say('不要求', 'no')],
            [say('公示时长', 'Length of the notice'), <>{say(`${round.publicity_days} 个工作日`, `${round.publicity_days} working days`)}{round.first_day_counts && say('（含首日）', ', first day counted')}</>],
            round.publicity_starts_on ? [say('公示起止', 'Notice runs'), <><Day on={round.publicity_starts_on} /> – <Day on={round.publicity_ends_on} /></>] : false,
            [say('决定所需批准人数', 'Approvals needed'), round.approvals_needed],
            [say('名额', 'Quotas'), Object.entries(round.quotas).map(([tier, n]) => `${label(TIER, tier, lang)} ${n}`).join(lang === 'en' ? ', ' : '、') || say('不限', 'none')],
            [say('规则', 'Rules'), <Link key="r" to="/rule-sets/$id" params={{ id: round.rule_set_id }}>{say('查看适用规则', 'The rules that apply')}</Link>],
            round.notice_id ? [say('公示页', 'Notice'), <Link key="n" to="/notices/$id" params={{ id: round.notice_id }}>{say('打开公示', 'Open the notice')}</Link>] : false,
          ]} />
        </Panel>
        <div>
          {round.guide && <Panel title={say('申报指南', 'Guide')}><p style={{ whiteSpace: 'pre-wrap' }}>{round.guide}</p></Panel>}
          <Panel title={say('延期记录', 'Extensions')}>
            {round.extensions.length === 0 ? <p className="soft">{say('没有延期。', 'None.')}</p> : (
              <ol className="history">{round.extensions.map((one, i) => <li key={i}><Moment at={one.at} /><p><Moment at={one.old_closes_at} /> → <strong><Moment at={one.new_closes_at} /></strong></p><p>{one.reason}</p></li>)}</ol>
            )}
          </Panel>
        </div>
      </div>
    </Page>
  );
}
