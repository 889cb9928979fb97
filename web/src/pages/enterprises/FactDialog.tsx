import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { CheckField, ChoiceField, DateField, MoneyField, NumberField, TextField, YesNoField } from '../../form/fields';
import { TRACKS } from '../../router';
import { ActionDialog } from '../../ui/actions';
import { FACT_KIND, LEVEL, options, PARTNER_ROLE, PROJECT_KIND } from '../../words/labels';
import { told, useLang, useSay } from '../../words/say';

type Kind = Schemas['FactKind'];

/** A fact of the enterprise: first its kind, then what that kind is made of. */
export function FactDialog({ href, onClose }: { href: string; onClose: () => void }) {
  const say = useSay();
  const lang = useLang();
  const [kind, setKind] = useState<Kind>('title');
  return (
    <ActionDialog key={kind} action={{ action: 'fact.create', allowed: true, method: 'POST', href }} initial={{ kind, detail: kind === 'veto' ? { applies: false } : kind === 'data_consent' ? { given: true } : {} }} onClose={onClose}
      words={{ name: ['添加事实', 'Add a fact'], press: ['保存', 'Save'], wide: true }}>
      <div className="field">
        <label htmlFor="fact-kind">{say('类别', 'Kind')}</label>
        <select id="fact-kind" className="input" value={kind} onChange={(e) => setKind(e.target.value as Kind)}>
          {options(FACT_KIND, lang).map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}
        </select>
      </div>
      <div className="grid"><Detail kind={kind} /></div>
      <TextField at="/evidence" label={say('佐证说明', 'Evidence')} hint={say('例如：证书编号、文件名称', 'For example: the number of the certificate')} />
    </ActionDialog>
  );
}

function Detail({ kind }: { kind: Kind }) {
  const say = useSay();
  const lang = useLang();
  const catalogue = useSuspenseQuery(TRACKS).data;
  const vetoes = catalogue.vetoes.map((one) => ({ value: one.code, label: told(one.name, lang) }));
  const name = <TextField at="/detail/name" label={say('名称', 'Name')} />;
  const year = <NumberField at="/detail/year" label={say('年份', 'Year')} />;
  const level = <ChoiceField at="/detail/level" label={say('级别', 'Level')} choices={options(LEVEL, lang)} />;
  switch (kind) {
    case 'title': return <><ChoiceField at="/detail/kind" label={say('称号', 'Title')} choices={catalogue.titles.map((one) => ({ value: one.code, label: told(one.name, lang) }))} required /><TextField at="/detail/number" label={say('证书编号', 'Number')} /><TextField at="/detail/issuer" label={say('发证机关', 'Issuer')} /><DateField at="/detail/valid_from" label={say('有效期自', 'Valid from')} /><DateField at="/detail/valid_to" label={say('有效期至', 'Valid to')} /></>;
    case 'ip': return <><NumberField at="/detail/class1_granted" label={say('Ⅰ类已授权', 'Class I, granted')} /><NumberField at="/detail/class1_accepted" label={say('Ⅰ类已受理未授权', 'Class I, accepted')} /><NumberField at="/detail/class1_in_use" label={say('Ⅰ类已应用', 'Class I, in use')} /><NumberField at="/detail/class2" label={say('Ⅱ类', 'Class II')} /></>;
    case 'award': return <><TextField at="/detail/kind" label={say('奖项代码', 'Code of the award')} hint="science_technology" required />{level}<NumberField at="/detail/rank" label={say('单位排名', 'Place')} />{year}</>;
    case 'partner': return <>{name}<ChoiceField at="/detail/role" label={say('关系', 'Relation')} choices={options(PARTNER_ROLE, lang)} /><YesNoField at="/detail/library_member" label={say('是否在库企业', 'In the library')} /><YesNoField at="/detail/local" label={say('是否本地企业', 'Local')} /><YesNoField at="/detail/contract" label={say('是否已签合同', 'Contract signed')} /><MoneyField at="/detail/amount_fen" label={say('年度合同额', 'Contract value')} />{year}</>;
    case 'sourced_project': return <><ChoiceField at="/detail/kind" label={say('来源', 'Source')} choices={options(PROJECT_KIND, lang)} required />{name}{year}</>;
    case 'talent': return <><ChoiceField at="/detail/grade" label={say('类别', 'Grade')} choices={['A', 'B', 'C', 'D'].map((one) => ({ value: one, label: one }))} required /><YesNoField at="/detail/founder" label={say('是否创办人', 'Founder')} /></>;
    case 'institution': return <>{level}{name}<TextField at="/detail/kind" label={say('类型', 'Kind')} /></>;
    case 'equity_round': return <><DateField at="/detail/on" label={say('到账日期', 'Paid in on')} required /><MoneyField at="/detail/amount_fen" label={say('金额', 'Amount')} required /><YesNoField at="/detail/qualified" label={say('是否合格机构投资', 'Qualified investors')} /></>;
    case 'landing_agreement': return <><DateField at="/detail/signed_on" label={say('签订日期', 'Signed on')} required /><DateField at="/detail/ends_on" label={say('到期日期', 'Ends on')} /><TextField at="/detail/number" label={say('协议编号', 'Number')} /></>;
    case 'niche': return <><DateField at="/detail/since" label={say('进入时间', 'Since')} required />{name}</>;
    case 'industry': return <TextField at="/detail/class" label={say('国民经济行业代码', 'Industry class (GB/T 4754)')} hint="3940" required />;
    case 'data_consent': return <><DateField at="/detail/on" label={say('日期', 'On')} required /><CheckField at="/detail/given" label={say('同意使用数据', 'Consent given')} /></>;
    case 'incident': return <><ChoiceField at="/detail/veto" label={say('涉及事项', 'Bears on')} choices={vetoes} required /><DateField at="/detail/on" label={say('发生日期', 'On')} required /><DateField at="/detail/resolved_on" label={say('解除日期', 'Resolved on')} /><TextField at="/detail/source" label={say('信息来源', 'Source')} /></>;
    case 'veto': return <><ChoiceField at="/detail/veto" label={say('事项', 'Veto')} choices={vetoes} required /><CheckField at="/detail/applies" label={say('涉及', 'Applies')} /></>;
  }
}
