import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { read, type Schemas } from '../../api/client';
import { ActionBar } from '../../ui/actions';
import { Day, Facts, Moment, Page, Panel, State } from '../../ui/basics';
import { EnterpriseLink } from '../../ui/EnterpriseLink';
import { OutcomeMark, RuleTree, Vetoes } from '../../ui/RuleTree';
import { label, RECHECK_CAUSE, RECHECK_OUTCOME, RECHECK_STATE, TIER } from '../../words/labels';
import { useLang, useSay } from '../../words/say';
import { leafShown, vetoShown } from './shown';

/** A member looked at again: what the rules for re-checks found on the figures of the day, and what was concluded. */
export function RecheckPage() {
  const say = useSay();
  const lang = useLang();
  const { id = '' } = useParams({ strict: false });
  const recheck = useSuspenseQuery(read('/api/v1/rechecks/{id}', { params: { path: { id } } })).data;
  return (
    <Page title={say('复核', 'Re-check')} tags={<State of={recheck.state} table={RECHECK_STATE} />} lead={<><EnterpriseLink id={recheck.enterprise_id} name={recheck.enterprise_name} /> · {label(RECHECK_CAUSE, recheck.cause, lang)}</>}>
      <Panel><ActionBar record={recheck} /></Panel>
      <div className="columns">
        <div>
          <Evaluated title={say('按现有类别评价', 'By the rules of its own tier')} evaluation={recheck.evaluation} />
          {recheck.next_evaluation && <Evaluated title={say('按高一级类别评价', 'By the rules of the next tier')} evaluation={recheck.next_evaluation} />}
        </div>
        <Panel title={say('复核信息', 'Facts')}>
          <Facts rows={[
            [say('在库资格', 'Membership'), <Link key="m" to="/library/$id" params={{ id: recheck.membership_id }}>{label(TIER, recheck.evaluation.tier, lang)}</Link>],
            [say('原因', 'Cause'), label(RECHECK_CAUSE, recheck.cause, lang)], [say('说明', 'Note'), recheck.note],
            [say('数据日期', 'Figures of'), <Day key="d" on={recheck.as_of} />], [say('适用规则', 'Rules'), <Link key="r" to="/rule-sets/$id" params={{ id: recheck.rule_set_id }}>{say('查看规则', 'The rules')}</Link>],
            [say('开始', 'Opened'), <Moment key="o" at={recheck.opened_at} />],
            [say('结论', 'Outcome'), recheck.outcome && <State key="c" of={recheck.outcome} table={RECHECK_OUTCOME} />], [say('依据', 'Legal basis'), recheck.basis],
            [say('结束', 'Concluded'), <Moment key="e" at={recheck.concluded_at} />],
          ]} />
          {recheck.draw_id && <p className="below"><Link to="/recheck-draws">{say('由双随机抽中', 'Drawn at random')}</Link></p>}
        </Panel>
      </div>
    </Page>
  );
}

function Evaluated({ title, evaluation }: { title: string; evaluation: Schemas['TierEvaluation'] }) {
  const say = useSay();
  const lang = useLang();
  return (
    <Panel title={`${title}${say('：', ': ')}${label(TIER, evaluation.tier, lang)}`} extra={<OutcomeMark of={evaluation.outcome} />}>
      <RuleTree tree={evaluation.tree} leaves={evaluation.leaves.map((leaf) => leafShown(leaf, lang))} />
      {evaluation.vetoes.length > 0 && <><h3>{say('否决事项', 'Vetoes')}</h3><Vetoes vetoes={evaluation.vetoes.map((veto) => vetoShown(veto, lang))} /></>}
    </Panel>
  );
}
