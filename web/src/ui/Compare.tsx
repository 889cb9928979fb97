// Two sides of a document, value by value.
import { useLang, type Lang } from '../words/say';
import { yuanInFull, percent } from '../words/money';
import { useSay } from '../words/say';
import { Wide } from './basics';

export interface Row {
  at: string;
  name: string;
  left: unknown;
  right: unknown;
}

export function Compare({ left, right, rows }: { left: string; right: string; rows: Row[] }) {
  const say = useSay();
  const lang = useLang();
  return (
    <Wide label={say('对比', 'Comparison')}>
      <table className="compare">
        <thead><tr><th scope="col">{say('内容', 'What')}</th><th scope="col">{left}</th><th scope="col">{right}</th></tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.at}><th scope="row">{row.name}</th><td className="old">{plainly(row.left, row.at, lang)}</td><td className="new">{plainly(row.right, row.at, lang)}</td></tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

const FEN = /_fen$|\/(revenue|main_revenue|high_tech_revenue|rd_expense|rd_expense_domestic|total_costs|net_profit|total_assets|total_liabilities|net_assets|tax_paid|local_purchase|equity_new|valuation)$/;

/** A value of a document as a person reads it; amounts and rates by what stands in the pointer's last part. */
export function plainly(value: unknown, at: string, lang: Lang): string {
  const english = lang === 'en';
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'boolean') return value ? (english ? 'yes' : '是') : english ? 'no' : '否';
  if (typeof value === 'number') {
    if (FEN.test(at)) return `${yuanInFull(value)} ${english ? 'yuan' : '元'}`;
    if (/_ppm$|\/niche_share$/.test(at)) return percent(value);
    return String(value);
  }
  if (typeof value === 'object' && !Array.isArray(value) && 'value' in value) return plainly((value as { value: unknown }).value, at, lang);
  if (Array.isArray(value)) return value.length === 0 ? (english ? 'none' : '无') : value.map((one) => plainly(one, at, lang)).join('\n');
  if (typeof value === 'object') return Object.entries(value).map(([key, inner]) => `${key}: ${plainly(inner, `${at}/${key}`, lang)}`).join(english ? ', ' : '，');
  return String(value);
}
