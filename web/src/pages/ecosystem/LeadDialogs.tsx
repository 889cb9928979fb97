import { useNavigate } from '@tanstack/react-router';
import type { Action, Schemas } from '../../api/client';
import { useField } from '../../form/context';
import { AreaField, ChoiceField, DateField, MoneyField, TextField } from '../../form/fields';
import { ActionDialog } from '../../ui/actions';
import { today } from '../../words/dates';
import { LEAD_STAGE, options } from '../../words/labels';
import { mergePatch } from '../../words/patch';
import { useLang, useSay } from '../../words/say';
import { EnterpriseField } from '../../ui/EnterpriseField';
import { useTrackChoices } from './tracks';

/** Notes an enterprise to court, perhaps to fill a missing link. */
export function NewLead({ track, link, onClose }: { track?: string | undefined; link?: Schemas['LinkView']; onClose: () => void }) {
  const say = useSay();
  const tracks = useTrackChoices();
  const navigate = useNavigate();
  return (
    <ActionDialog action={{ action: 'recruitment_lead.write', allowed: true, method: 'POST', href: '/api/v1/recruitment-leads' }} initial={{ ...(track ? { track } : {}), ...(link ? { link_id: link.id } : {}) }} onClose={onClose}
      onDone={(made) => void navigate({ to: '/leads/$id', params: { id: (made as Schemas['LeadView']).id } })}
      words={{ name: ['登记招引线索', 'Add a lead'], press: ['保存', 'Save'], ...(link ? { explain: [`落地后补上缺失环节：${link.item}`, `Fills a missing link when it lands: ${link.item}`] as const } : {}) }}>
      <TextField at="/name" label={say('企业名称', 'Enterprise')} required />
      <ChoiceField at="/track" label={say('赛道', 'Track')} choices={tracks} required />
      <Contact />
    </ActionDialog>
  );
}

function Contact() {
  const say = useSay();
  return (
    <>
      <div className="grid"><TextField at="/contact" label={say('联系人', 'Contact')} /><TextField at="/contact_phone" label={say('联系电话', 'Telephone')} type="tel" /></div>
      <MoneyField at="/investment_fen" label={say('承诺投资额', 'Promised investment')} />
      <AreaField at="/promised" label={say('双方承诺', 'What was promised')} rows={3} />
    </>
  );
}

export function EditLead({ lead, action, onClose }: { lead: Schemas['LeadView']; action: Action; onClose: () => void }) {
  const before = Object.fromEntries(['contact', 'contact_phone', 'investment_fen', 'promised'].flatMap((key) => {
    const value = lead[key as 'promised'];
    return value === null || value === undefined ? [] : [[key, value]];
  }));
  return (
    <ActionDialog action={action} version={lead.version} initial={before} onClose={onClose}
      words={{ name: ['修改线索', 'Edit the lead'], press: ['保存', 'Save'], shape: (typed) => mergePatch(before, typed as typeof before) ?? {} }}><Contact /></ActionDialog>
  );
}

/** Takes a lead to its next stage, with what that stage has to tell. */
export function AdvanceLead({ lead, action, onClose }: { lead: Schemas['LeadView']; action: Action; onClose: () => void }) {
  return <ActionDialog action={action} version={lead.version} onClose={onClose}><Stage from={lead.stage} /></ActionDialog>;
}

function Stage({ from }: { from: Schemas['LeadStage'] }) {
  const say = useSay();
  const lang = useLang();
  const name = say('进度', 'Stage');
  const to = useField<string>('/to', name).value;
  return (
    <>
      <ChoiceField at="/to" label={name} required choices={options(LEAD_STAGE, lang).filter((one) => one.value !== from && one.value !== 'lead')} />
      {to === 'signed' && (
        <>
          <EnterpriseField at="/enterprise_id" label={say('落地企业（须已建档）', 'Its record here')} required />
          <div className="grid">
            <TextField at="/agreement_number" label={say('落地协议编号', 'Landing agreement no.')} required />
            <DateField at="/signed_on" label={say('签订日期', 'Signed on')} hint={say(`不晚于 ${today()}`, `Not after ${today()}`)} required /><DateField at="/agreement_ends_on" label={say('协议到期日', 'Binds until')} />
          </div>
        </>
      )}
      {to === 'landed' && <DateField at="/landed_on" label={say('落地日期', 'Landed on')} required />}
      {to === 'lost' && <AreaField at="/reason" label={say('流失原因', 'Why it was lost')} required />}
    </>
  );
}
