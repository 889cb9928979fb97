// What an enterprise states about itself: the same fields in the self-check and in an application.
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Schemas } from '../api/client';
import { INDICATORS, TRACKS } from '../router';
import { Wide } from '../ui/basics';
import { LEVEL, options, PARTNER_ROLE, PROJECT_KIND } from '../words/labels';
import { told, useLang, useSay } from '../words/say';
import { useValueAt } from './context';
import { ChoiceField, DateField, ListField, MoneyField, NumberField, PercentField, TextField, YesNoField, type Choice } from './fields';

type Indicator = Schemas['IndicatorsView']['indicators'][number];

/** The tracks of the rule set in force, with the topics under observation. */
export function useTracks(): Choice[] {
  const lang = useLang();
  const say = useSay();
  const catalogue = useSuspenseQuery(TRACKS).data;
  return [
    ...catalogue.tracks.map((track) => ({ value: track.code, label: told(track.name, lang) })),
    ...catalogue.watch_list.map((topic) => ({ value: topic.code, label: `${told(topic.name, lang)}${say('（跟踪预研）', ' (under observation)')}` })),
  ];
}

/** What the rules of every tier look at. */
const USUAL = ['revenue', 'main_revenue', 'rd_expense', 'net_profit', 'total_assets', 'total_liabilities', 'net_assets', 'tax_paid', 'equity_new', 'staff', 'tech_staff', 'rd_staff'];

/** One figure, in the unit of its indicator. */
export function FigureField({ at, label, indicator, hint }: { at: string; label: string; indicator: Indicator; hint?: ReactNode }) {
  const say = useSay();
  const props = { at, label, ...(hint === undefined ? {} : { hint }) };
  if (indicator.unit === 'fen') return <MoneyField {...props} negative={indicator.min === undefined || indicator.min === null || indicator.min < 0} />;
  if (indicator.unit === 'ppm') return <PercentField {...props} />;
  return <NumberField {...props} unit={indicator.code === 'niche_rank' ? say('名', 'place') : indicator.unit === 'persons' ? say('人', 'persons') : indicator.unit === 'points' ? say('分', 'points') : say('项', 'items')} />;
}

/** Annual figures: a row per indicator, a column per year, the latest first. */
export function YearFields({ base, years, only }: { base: string; years: number[]; only?: string[] }) {
  const say = useSay();
  const lang = useLang();
  const { indicators } = useSuspenseQuery(INDICATORS).data;
  const stated = useValueAt<Record<string, Record<string, unknown>>>(`${base}/years`);
  // What most enterprises are asked for, and what this one has stated; a row does not move while it is filled in.
  const [first] = useState(() => indicators.filter((one) => USUAL.includes(one.code) || years.some((year) => stated?.[year]?.[one.code] !== undefined)).map((one) => one.code));
  const shown = only ?? first;
  const rows = shown.flatMap((code) => indicators.filter((one) => one.code === code));
  const rest = only ? [] : indicators.filter((one) => !first.includes(one.code));
  const table = (of: Indicator[]) => (
    <Wide label={say('年度数据', 'Annual figures')}>
      <table className="year-table">
        <thead><tr><th scope="col"><span className="unseen">{say('指标', 'Figure')}</span></th>{years.map((year) => <th key={year} scope="col">{say(`${year} 年`, `${year}`)}</th>)}</tr></thead>
        <tbody>
          {of.map((row) => (
            <tr key={row.code}>
              <th scope="row">{told(row.name, lang)}</th>
              {years.map((year) => {
                const props = { at: `${base}/years/${year}/${row.code}`, label: `${told(row.name, lang)} ${year}` };
                return <td key={year}><FigureField {...props} indicator={row} /></td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
  return (
    <>
      {table(rows)}
      {rest.length > 0 && <details><summary>{say(`其他指标（${rest.length} 项，有则填写）`, `Further figures (${rest.length}, where there are any)`)}</summary>{table(rest)}</details>}
    </>
  );
}

export function BasicFields({ base, track }: { base: string; track?: string }) {
  const say = useSay();
  const tracks = useTracks();
  return (
    <div className="grid">
      {track !== undefined && <ChoiceField at={track} label={say('所属赛道', 'Track')} choices={tracks} required />}
      <DateField at={`${base}/registered_on`} label={say('成立日期', 'Registered on')} hint={say('见营业执照', 'As on the business licence')} />
      <YesNoField at={`${base}/legal_person`} label={say('是否独立法人', 'Independent legal person')} />
      <YesNoField at={`${base}/registered_in_laoshan`} label={say('注册地是否在崂山区', 'Registered in Laoshan')} />
      <YesNoField at={`${base}/landing_agreement`} label={say('是否已签落地协议', 'Landing agreement signed')} hint={say('注册地不在崂山区的企业填写', 'For enterprises registered elsewhere')} />
    </div>
  );
}

export function FactFields({ base }: { base: string }) {
  const say = useSay();
  const lang = useLang();
  const catalogue = useSuspenseQuery(TRACKS).data;
  return (
    <>
      <h3>{say('知识产权', 'Intellectual property')}</h3>
      <p className="soft">{say('Ⅰ类：发明专利、植物新品种、新药、集成电路布图等；Ⅱ类：实用新型、外观设计、软件著作权。', 'Class I: invention patents, plant varieties, new drugs, circuit layouts; class II: utility models, designs, software copyright.')}</p>
      <div className="grid">
        <NumberField at={`${base}/ip/class1_granted`} label={say('Ⅰ类已授权', 'Class I, granted')} unit={say('项', 'items')} />
        <NumberField at={`${base}/ip/class1_accepted`} label={say('Ⅰ类已受理未授权', 'Class I, accepted')} unit={say('项', 'items')} />
        <NumberField at={`${base}/ip/class1_in_use`} label={say('Ⅰ类已应用并产生效益', 'Class I, in use')} unit={say('项', 'items')} />
        <NumberField at={`${base}/ip/class2`} label={say('Ⅱ类', 'Class II')} unit={say('项', 'items')} />
      </div>
      <ListField at={`${base}/titles`} label={say('资质称号', 'Titles')} add={say('添加称号', 'Add a title')} blank={() => ({ kind: catalogue.titles[0]?.code ?? '' })}>
        {(at) => (
          <>
            <ChoiceField at={`${at}/kind`} label={say('称号', 'Title')} choices={catalogue.titles.map((one) => ({ value: one.code, label: told(one.name, lang) }))} />
            <TextField at={`${at}/number`} label={say('证书编号', 'Number')} />
            <DateField at={`${at}/valid_from`} label={say('有效期自', 'Valid from')} />
            <DateField at={`${at}/valid_to`} label={say('有效期至', 'Valid to')} />
          </>
        )}
      </ListField>
      <ListField at={`${base}/sourced_projects`} label={say('项目来源', 'Where the project comes from')} add={say('添加来源', 'Add a source')} blank={() => ({ kind: 'competition' })}>
        {(at) => (
          <>
            <ChoiceField at={`${at}/kind`} label={say('来源', 'Source')} choices={options(PROJECT_KIND, lang)} />
            <TextField at={`${at}/name`} label={say('名称', 'Name')} />
            <NumberField at={`${at}/year`} label={say('年份', 'Year')} />
          </>
        )}
      </ListField>
      <ListField at={`${base}/talents`} label={say('高层次人才（A–D 类）', 'High-level talents (grades A to D)')} add={say('添加人才', 'Add a talent')} blank={() => ({ grade: 'D' })}>
        {(at) => (
          <>
            <ChoiceField at={`${at}/grade`} label={say('类别', 'Grade')} choices={['A', 'B', 'C', 'D'].map((grade) => ({ value: grade, label: grade }))} />
            <YesNoField at={`${at}/founder`} label={say('是否创办人', 'Founder')} />
          </>
        )}
      </ListField>
      <ListField at={`${base}/institutions`} label={say('研发机构', 'R&D institutions')} add={say('添加机构', 'Add an institution')} blank={() => ({ level: 'district' })}>
        {(at) => (
          <>
            <ChoiceField at={`${at}/level`} label={say('级别', 'Level')} choices={options(LEVEL, lang)} />
            <TextField at={`${at}/name`} label={say('名称', 'Name')} />
          </>
        )}
      </ListField>
      <ListField at={`${base}/awards`} label={say('科技奖项', 'Awards')} add={say('添加奖项', 'Add an award')} blank={() => ({ kind: 'science_technology' })}>
        {(at) => (
          <>
            <ChoiceField at={`${at}/kind`} label={say('奖项', 'Award')} choices={[{ value: 'science_technology', label: say('科学技术奖', 'Science and technology award') }, { value: 'innovation_competition', label: say('创新创业大赛奖', 'Innovation competition') }]} />
            <ChoiceField at={`${at}/level`} label={say('级别', 'Level')} choices={options(LEVEL, lang)} />
            <NumberField at={`${at}/rank`} label={say('单位排名', 'Place among those awarded')} />
            <NumberField at={`${at}/year`} label={say('年份', 'Year')} />
          </>
        )}
      </ListField>
      <ListField at={`${base}/partners`} label={say('产业链合作', 'Partners in the chain')} add={say('添加合作伙伴', 'Add a partner')} blank={() => ({ name: '' })}
        hint={say('申报生态型企业时填写', 'For the ecosystem tier')}>
        {(at) => (
          <>
            <TextField at={`${at}/name`} label={say('合作企业', 'Partner')} />
            <ChoiceField at={`${at}/role`} label={say('关系', 'Relation')} choices={options(PARTNER_ROLE, lang)} />
            <YesNoField at={`${at}/library_member`} label={say('是否在库企业', 'In the library')} />
            <YesNoField at={`${at}/local`} label={say('是否本地企业', 'Local')} />
            <YesNoField at={`${at}/contract`} label={say('是否已签合同', 'Contract signed')} />
            <MoneyField at={`${at}/amount_fen`} label={say('年度合同额', 'Contract value of the year')} />
            <NumberField at={`${at}/year`} label={say('年份', 'Year')} />
          </>
        )}
      </ListField>
      <ListField at={`${base}/equity_rounds`} label={say('股权融资（已到账）', 'Equity rounds (paid in)')} add={say('添加融资', 'Add a round')} blank={() => ({ on: '', amount_fen: 0 })}>
        {(at) => (
          <>
            <DateField at={`${at}/on`} label={say('到账日期', 'Paid in on')} />
            <MoneyField at={`${at}/amount_fen`} label={say('金额', 'Amount')} />
            <YesNoField at={`${at}/qualified`} label={say('是否合格机构投资', 'Qualified investors')} />
          </>
        )}
      </ListField>
    </>
  );
}

export function VetoFields({ base }: { base: string }) {
  const lang = useLang();
  const catalogue = useSuspenseQuery(TRACKS).data;
  return <div className="grid">{catalogue.vetoes.map((veto) => <YesNoField key={veto.code} at={`${base}/vetoes/${veto.code}`} label={told(veto.name, lang)} />)}</div>;
}
