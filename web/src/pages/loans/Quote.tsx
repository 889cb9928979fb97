import { Button } from 'antd';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { FaultSummary, FormArea } from '../../form/context';
import { DateField, PercentField } from '../../form/fields';
import { useSend } from '../../form/useSend';
import { Amount, Day, Panel, Rate, Wide } from '../../ui/basics';
import { BOUND, label } from '../../words/labels';
import { fractionOfFen, yuanOfFraction } from '../../words/money';
import { told, useLang, useSay, type Say } from '../../words/say';

type Line = Schemas['SheetLine'];
const EXCLUDED: Record<string, Say> = { outside_claim_period: ['不在申报期内', 'outside the period'], outside_subsidy_months: ['超出贴息月数', 'beyond the months that are subsidised'], overdue: ['逾期期间', 'while overdue'], extension: ['展期期间', 'during an extension'] };

/** What a subsidy would come to, line by line: the same arithmetic that a claim is judged by, and nothing is stored. */
export function Quote({ loan }: { loan: Schemas['LoanView'] }) {
  const say = useSay();
  const [typed, setTyped] = useState<{ share_ppm?: number; claim_from?: string; claim_to?: string }>({ share_ppm: 500_000 });
  const [quote, setQuote] = useState<Schemas['SubsidyQuoteView'] | null>(null);
  const { send, problem, busy } = useSend();
  if (loan.history.segments.length === 0) return null;
  return (
    <Panel title={say('贴息试算', 'Subsidy, as a trial')}>
      <FormArea value={typed} onChange={setTyped} problem={problem}>
        <FaultSummary problem={problem} />
        <div className="grid">
          <PercentField at="/share_ppm" label={say('按利息的比例', 'Share of the interest')} />
          <DateField at="/claim_from" label={say('期间自', 'From')} /><DateField at="/claim_to" label={say('期间至', 'To')} />
        </div>
        <Button loading={busy} onClick={async () => {
          const { share_ppm, ...period } = typed;
          setQuote(await send<Schemas['SubsidyQuoteView']>({ method: 'POST', href: '/api/v1/subsidy-quotes', body: {
            base: { kind: 'share_of_interest', share_ppm: share_ppm ?? 0 }, day_basis: loan.day_basis, ...period,
            loans: [{ id: loan.contract_no, segments: loan.history.segments, overdue: loan.history.overdue, ...(loan.history.first_drawdown ? { first_drawdown: loan.history.first_drawdown } : {}) }],
          } }) ?? null);
        }}>{say('试算', 'Calculate')}</Button>
      </FormArea>
      {quote && (
        <div role="status" style={{ marginTop: 12 }}>
          <p><strong>{say('贴息合计', 'Subsidy')} <Amount fen={quote.total_fen} full /></strong></p>
          {quote.loans.map((one) => <Sheet key={one.id} lines={one.sheet} />)}
        </div>
      )}
    </Panel>
  );
}

export function Sheet({ lines }: { lines: Line[] }) {
  const say = useSay();
  const lang = useLang();
  return (
    <Wide label={say('计算单', 'Calculation')}><table className="compare">
      <caption className="unseen">{say('计算单', 'Calculation sheet')}</caption>
      <thead><tr><th scope="col">{say('步骤', 'Step')}</th><th scope="col">{say('依据', 'Basis')}</th><th scope="col">{say('结果', 'Result')}</th></tr></thead>
      <tbody>
        {lines.map((line, i) => {
          switch (line.step) {
            case 'segment': return <tr key={i}><td>{say('计息', 'Interest')}</td><td><Day on={line.from} /> – <Day on={line.to} />{say(`，${line.days} 天，`, `, ${line.days} days, `)}<Amount fen={line.counted_fen} full /> × <Rate ppm={line.rate_ppm} /></td><td><Exact of={line.interest} /></td></tr>;
            case 'excluded': return <tr key={i}><td>{say('不计', 'Left out')}</td><td><Day on={line.from} /> – <Day on={line.to} />{say(`，${line.days} 天：`, `, ${line.days} days: `)}{told(EXCLUDED[line.reason] ?? [line.reason, line.reason], lang)}</td><td>—</td></tr>;
            case 'interest': return <tr key={i}><td>{say('利息合计', 'Interest in all')}</td><td>{say(`${line.days} 天`, `${line.days} days`)}</td><td><Amount fen={line.interest_fen} full /></td></tr>;
            case 'receipts': return <tr key={i}><td>{say('与凭证核对', 'Against the receipts')}</td><td>{told(line.text, lang)}</td><td><Amount fen={line.paid_fen} full /></td></tr>;
            case 'base': return <tr key={i}><td>{say('贴息基数', 'Base')}</td><td>{told(line.text, lang)}</td><td><Exact of={line.amount} /></td></tr>;
            case 'limit': return <tr key={i}><td>{label(BOUND, line.bound, lang)}</td><td>{told(line.text, lang)}</td><td><Exact of={line.after} /></td></tr>;
            case 'rounding': return <tr key={i}><td>{say('取整到分', 'Rounded to the fen')}</td><td><Exact of={line.exact} /></td><td><Amount fen={line.computed_fen} full /></td></tr>;
            case 'cap': return <tr key={i}><td>{label(BOUND, line.bound, lang)}</td><td>{told(line.text, lang)}</td><td><Amount fen={line.after_fen} full /></td></tr>;
          }
        })}
      </tbody>
    </table></Wide>
  );
}

/** Readable; where the value does not end within the fen, the exact fraction of a fen stands below for whoever calculates it again. */
function Exact({ of }: { of: string }) {
  const say = useSay();
  const exact = fractionOfFen(of);
  return <><span className="figure">{yuanOfFraction(of)} {say('元', 'yuan')}</span>{exact && <><br /><span className="soft">{say('精确到分：', 'Exactly, in fen: ')}<code>{exact}</code></span></>}</>;
}
