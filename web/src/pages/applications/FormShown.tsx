import type { Schemas } from '../../api/client';
import { Amount, Facts, Rate, Wide } from '../../ui/basics';
import { inFormOrder, useNames, usePlainly } from '../../ui/names';
import { useQuery } from '@tanstack/react-query';
import { INDICATORS, TRACKS } from '../../router';
import { told, useLang, useSay } from '../../words/say';

/** What an applicant stated, to be read and printed. */
export function FormShown({ form }: { form: Schemas['Form'] }) {
  const say = useSay();
  const lang = useLang();
  const names = useNames();
  const plainly = usePlainly();
  const indicators = useQuery(INDICATORS).data?.indicators ?? [];
  const catalogue = useQuery(TRACKS).data;
  const figures = form.figures ?? {};
  const years = Object.keys(figures.years ?? {}).sort().reverse();
  const track = [...(catalogue?.tracks ?? []), ...(catalogue?.watch_list ?? [])].find((one) => one.code === form.track);
  const rows = indicators.filter((row) => years.some((year) => figures.years?.[year]?.[row.code] !== undefined));
  const rest = inFormOrder(Object.keys(figures)).map((key): [string, unknown] => [key, figures[key as keyof typeof figures]])
    .filter(([key, value]) => key !== 'years' && key !== 'track' && value !== undefined && value !== null);
  return (
    <>
      <Facts rows={[
        [names('/contact'), form.contact?.name], [names('/position'), form.contact?.position],
        [names('/mobile'), form.contact?.mobile], [names('/email'), form.contact?.email],
        [names('/track'), track ? told(track.name, lang) : form.track],
      ]} />
      <h3 style={{ marginTop: 16 }}>{names('/summary')}</h3>
      <p style={{ whiteSpace: 'pre-wrap' }}>{form.summary ?? '—'}</p>
      {rows.length > 0 && (
        <>
          <h3>{say('年度数据', 'Annual figures')}</h3>
          <Wide label={say('年度数据', 'Annual figures')}>
            <table className="compare">
              <thead><tr><th scope="col">{say('指标', 'Figure')}</th>{years.map((year) => <th key={year} scope="col">{year}</th>)}</tr></thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.code}><th scope="row">{told(row.name, lang)}</th>
                    {years.map((year) => {
                      const given = figures.years?.[year]?.[row.code];
                      const value = typeof given === 'object' ? given.value : given;
                      return <td key={year} className="figure">{value === undefined ? '—' : row.unit === 'fen' ? <Amount fen={value} full /> : row.unit === 'ppm' ? <Rate ppm={value} /> : value}</td>;
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </Wide>
        </>
      )}
      {rest.length > 0 && <><h3 style={{ marginTop: 16 }}>{say('其他', 'Further facts')}</h3><Facts rows={rest.map(([key, value]) => [names(`/figures/${key}`), <span key={key} style={{ whiteSpace: 'pre-wrap' }}>{plainly(value, `/${key}`)}</span>])} /></>}
    </>
  );
}
