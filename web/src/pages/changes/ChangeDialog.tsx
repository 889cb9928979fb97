import { useNavigate } from '@tanstack/react-router';
import type { Schemas } from '../../api/client';
import { useMe } from '../../api/me';
import { useField } from '../../form/context';
import { AreaField, CheckField, ChoiceField, DateField, TextField } from '../../form/fields';
import { ActionDialog } from '../../ui/actions';
import { today } from '../../words/dates';
import { CHANGE_KIND, options } from '../../words/labels';
import { useLang, useSay } from '../../words/say';
import { EnterpriseField } from '../../ui/EnterpriseField';

/** Reports a major change; what it has to tell depends on its kind. */
export function ChangeDialog({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const navigate = useNavigate();
  const own = useMe().enterprises;
  return (
    <ActionDialog action={{ action: 'major_change.report', allowed: true, method: 'POST', href: '/api/v1/major-changes' }} onClose={onClose} initial={{ occurred_on: today(), detail: {}, ...(own[0] ? { enterprise_id: own[0].id } : {}) }}
      onDone={(made) => void navigate({ to: '/major-changes/$id', params: { id: (made as Schemas['MajorChangeView']).id } })}
      words={{ name: ['报告重大变更', 'Report a major change'], press: ['提交', 'Send'], explain: ['更名、合并、迁址、控制权变更应在三个月内报告。', 'A rename, merger, relocation or change of control is reported within three months.'] }}>
      {own.length > 0 ? <ChoiceField at="/enterprise_id" label={say('企业', 'Enterprise')} required choices={own.map((one) => ({ value: one.id, label: one.name }))} /> : <EnterpriseField at="/enterprise_id" label={say('企业', 'Enterprise')} required />}
      <Told />
      <DateField at="/occurred_on" label={say('发生日期', 'Happened on')} required />
      <AreaField at="/note" label={say('说明', 'Note')} hint={say('类别为“其他”时必填', 'Required when the kind is “Other”')} rows={3} />
    </ActionDialog>
  );
}

function Told() {
  const say = useSay();
  const lang = useLang();
  const name = say('变更类别', 'What changed');
  const kind = useField<string>('/kind', name).value;
  return (
    <>
      <ChoiceField at="/kind" label={name} choices={options(CHANGE_KIND, lang)} required />
      {kind === 'rename' && <TextField at="/detail/new_name" label={say('新名称', 'New name')} required />}
      {kind === 'relocation' && <TextField at="/detail/new_address" label={say('新地址', 'New address')} required />}
      {kind === 'change_of_control' && <TextField at="/detail/new_controller" label={say('新的实际控制人', 'Who controls it now')} required />}
      {kind === 'merger' && <><TextField at="/detail/counterpart_code" label={say('对方统一社会信用代码', 'Credit code of the other enterprise')} maxLength={18} required /><CheckField at="/detail/absorbed" label={say('本企业并入对方', 'This enterprise ends in the other one')} /></>}
    </>
  );
}
