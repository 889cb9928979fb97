import type { Action, Schemas } from '../../api/client';
import { ChoiceField, DateField, MoneyField, TextField } from '../../form/fields';
import { ActionDialog } from '../../ui/actions';
import { LINK_KIND, options } from '../../words/labels';
import { mergePatch } from '../../words/patch';
import { useLang, useSay } from '../../words/say';
import { EnterpriseField } from '../../ui/EnterpriseField';
import { useTrackChoices } from './tracks';

/** Notes a link between two enterprises; without the other side it is one that is missing. */
export function NewLink({ track, onClose }: { track?: string | undefined; onClose: () => void }) {
  const say = useSay();
  const lang = useLang();
  const tracks = useTrackChoices();
  return (
    <ActionDialog action={{ action: 'enterprise_link.write', allowed: true, method: 'POST', href: '/api/v1/enterprise-links' }} initial={{ kind: 'supplies', ...(track ? { track } : {}) }} onClose={onClose}
      words={{ name: ['登记上下游关系', 'Add a link'], press: ['保存', 'Save'], wide: true, explain: ['对方不填，即登记为缺失环节。', 'Without the other side it is noted as missing.'] }}>
      <div className="grid">
        <ChoiceField at="/track" label={say('赛道', 'Track')} choices={tracks} required /><ChoiceField at="/kind" label={say('关系', 'Relation')} choices={options(LINK_KIND, lang)} required />
      </div>
      <EnterpriseField at="/enterprise_id" label={say('企业', 'Enterprise')} required />
      <TextField at="/item" label={say('产品或合作内容', 'What is supplied or developed')} required />
      <EnterpriseField at="/counterpart_id" label={say('对方企业', 'The other side')} />
      <Contract />
    </ActionDialog>
  );
}

export function EditLink({ link, action, onClose }: { link: Schemas['LinkView']; action: Action; onClose: () => void }) {
  const say = useSay();
  const before = Object.fromEntries(['counterpart_id', 'contract_number', 'amount_fen', 'starts_on', 'ends_on'].flatMap((key) => {
    const value = link[key as 'amount_fen'];
    return value === null || value === undefined ? [] : [[key, value]];
  }));
  return (
    <ActionDialog action={action} version={link.version} initial={before} onClose={onClose}
      words={{ name: ['修改关系', 'Edit the link'], press: ['保存', 'Save'], wide: true, explain: ['填上对方企业，缺失环节即补上。', 'With the other side a missing link is filled.'], shape: (typed) => mergePatch(before, typed as typeof before) ?? {} }}>
      <EnterpriseField at="/counterpart_id" label={say('对方企业', 'The other side')} known={link.counterpart_id && link.counterpart_name ? { value: link.counterpart_id, label: link.counterpart_name } : undefined} />
      <Contract />
    </ActionDialog>
  );
}

function Contract() {
  const say = useSay();
  return (
    <div className="grid">
      <TextField at="/contract_number" label={say('合同编号', 'Contract no.')} /><MoneyField at="/amount_fen" label={say('合同金额', 'Value of the contract')} />
      <DateField at="/starts_on" label={say('开始日期', 'First day')} /><DateField at="/ends_on" label={say('结束日期', 'Last day')} />
    </div>
  );
}
