import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { Schemas } from '../../api/client';
import { Problem } from '../../api/problem';
import { BasicFields, FactFields, VetoFields, YearFields } from '../../form/FigureFields';
import { FaultSummary, FormArea } from '../../form/context';
import { YesNoField } from '../../form/fields';
import { atLeast } from '../../ui/tree';
import { keepSelfCheck, recallSelfCheck } from '../../form/selfCheck';
import { useSend } from '../../form/useSend';
import { Page, Panel } from '../../ui/basics';
import { LinkButton } from '../../ui/LinkButton';
import { OutcomeMark, RuleTree, Vetoes } from '../../ui/RuleTree';
import { today } from '../../words/dates';
import { useLang, useSay } from '../../words/say';

type Result = Schemas['SelfCheckShown'];
const ASKED = ['revenue', 'rd_expense', 'main_revenue', 'equity_new', 'valuation', 'niche_share', 'niche_rank', 'staff', 'rd_staff', 'tech_staff'];

/** Four short steps, then the four tiers leaf by leaf. Nothing leaves this browser but the question itself, and nothing is stored. */
export function SelfCheck() {
  const say = useSay();
  const lang = useLang();
  const [figures, setFigures] = useState(recallSelfCheck);
  const [step, setStep] = useState(0);
  const [result, setResult] = useState<Result>();
  const [unanswered, setUnanswered] = useState<Problem | null>(null);
  const { send, problem, busy } = useSend();
  const heading = useRef<HTMLHeadingElement>(null);
  const moved = useRef(false);
  const year = Number(today().slice(0, 4));
  const steps = [say('基本情况', 'Basics'), say('年度数据', 'Annual figures'), say('创新与合作', 'Innovation and partners'), say('否决事项', 'Vetoes'), say('结果', 'Result')];
  useEffect(() => keepSelfCheck(figures), [figures]);
  useEffect(() => {
    if (moved.current) heading.current?.focus();
    moved.current = true;
  }, [step]);
  const check = async () => {
    const answer = await send<Result>({ method: 'POST', href: '/api/v1/public/self-checks', body: { data_consent: true, ...figures } });
    if (answer) setResult(answer);
    return answer !== undefined;
  };
  const go = async (to: number) => {
    // Without a track there is nothing to check against; it is asked for where it stands.
    if (to > step && !figures.track) {
      setUnanswered(new Problem(422, { title: say('还有一项要先填', 'One thing comes first'), errors: [{ pointer: '/track', code: 'required', detail: say('请选择所属赛道', 'choose the track') }] }));
      setStep(0);
      return;
    }
    setUnanswered(null);
    if (to === 4 && !(await check())) return;
    setStep(to);
  };
  // The explanations are the server's, in the language that was asked for.
  const asked = useRef(lang);
  useEffect(() => {
    if (asked.current !== lang) {
      asked.current = lang;
      if (result) void check();
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when the language changes
  }, [lang]);
  return (
    <Page title={say('资格自测', 'Self-check')} lead={say('约五分钟。不用注册，不保存任何内容；不知道的可以不填，会告诉您缺什么。', 'About five minutes, no account, nothing is stored. Leave out what you do not know; you will be told what is missing.')}>
      <ol className="steps-line" aria-label={say('步骤', 'Steps')}>
        {steps.map((name, i) => (
          <li key={name} className={i === step ? 'here' : i < step ? 'done' : ''} aria-current={i === step ? 'step' : undefined}>
            <button type="button" onClick={() => void go(i)}>{i + 1}. {name}</button>
          </li>
        ))}
      </ol>
      <FormArea value={figures} onChange={setFigures} problem={unanswered ?? problem}>
        <section className="panel">
          <h2 ref={heading} tabIndex={-1}>{steps[step]}</h2>
          <br />
          <FaultSummary problem={unanswered ?? problem} />
          {step === 0 && <BasicFields base="" track="/track" />}
          {step === 1 && <YearFields base="" years={[year - 1, year - 2, year - 3]} only={ASKED} />}
          {step === 2 && <FactFields base="" />}
          {step === 3 && (
            <>
              <p className="soft">{say('涉及任何一项即不能认定。不确定的可以不填，由经办人核验。', 'Any of these ends eligibility. Leave open what you are not sure of; an officer will check it.')}</p>
              <VetoFields base="" />
              <YesNoField at="/data_consent" label={say('是否同意将企业数据用于筛选培育', 'Consent to the use of your data for screening')} />
            </>
          )}
          {step === 4 && result && <Shown result={result} />}
        </section>
      </FormArea>
      <div className="form-bar no-print">
        <Button disabled={step === 0} onClick={() => void go(step - 1)}>{say('上一步', 'Back')}</Button>
        <span className="actions">
          {step < 4 && <Button loading={busy} onClick={() => void go(4)}>{say('直接看结果', 'Show the result')}</Button>}
          {step < 4 && <Button type="primary" loading={busy} onClick={() => void go(step + 1)}>{say('下一步', 'Next')}</Button>}
          {step === 4 && <Button onClick={() => print()}>{say('打印结果', 'Print')}</Button>}
          {step === 4 && <LinkButton to="/register" color="primary" variant="solid">{say('注册并申报', 'Register and apply')}</LinkButton>}
        </span>
      </div>
    </Page>
  );
}

function Shown({ result }: { result: Result }) {
  const say = useSay();
  const [open, setOpen] = useState<string>(result.tiers[0]?.tier ?? '');
  const tier = result.tiers.find((one) => one.tier === open) ?? result.tiers[0];
  return (
    <>
      <div className="cards">
        {result.tiers.map((one) => {
          const missing = atLeast(one.tree);
          return (
            <div key={one.tier} className={`card tier-card tier-${one.outcome}`}>
              <h3>{one.name}</h3>
              <OutcomeMark of={one.outcome} />
              <p className="soft">{one.outcome === 'met' || one.outcome === 'manual_review'
                ? say('数据条件已具备，可以申报。', 'The figures suffice; you may apply.')
                : say(`至少还差 ${missing} 条（未满足或缺数据）。`, `At least ${missing} ${missing === 1 ? 'rule is' : 'rules are'} not met or lack data.`)}</p>
              <div className="card-end"><Button size="small" aria-pressed={one.tier === open} onClick={() => setOpen(one.tier)}>{say(`逐条查看：${one.name}`, `Rule by rule: ${one.name}`)}</Button></div>
            </div>
          );
        })}
      </div>
      {tier && (
        <section aria-live="polite">
          <Panel title={`${tier.name} · ${say('准入条件', 'Gate')}`} extra={<OutcomeMark of={tier.outcome} />}><RuleTree tree={tier.tree} leaves={tier.leaves} /></Panel>
          <Panel title={say('否决事项', 'Vetoes')}><Vetoes vetoes={tier.vetoes} /></Panel>
        </section>
      )}
      <p className="soft">{say('自测结果仅供参考，以正式审查为准。阈值为建议值，以当年发布的规则为准。', 'The result is a guide; the formal review counts. Thresholds are proposals; the rules published for the year count.')}</p>
    </>
  );
}
