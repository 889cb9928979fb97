import { useNavigate } from '@tanstack/react-router';
import type { Schemas } from '../../api/client';
import { AreaField, ChoiceField, TextField } from '../../form/fields';
import { ActionDialog } from '../../ui/actions';
import { EnterpriseField } from '../../ui/EnterpriseField';
import { LANE, MEMBERSHIP_SOURCE, options } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

/** Brings an enterprise into the library by another way than screening. */
export function CandidateDialog({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const lang = useLang();
  const navigate = useNavigate();
  const sources = options(MEMBERSHIP_SOURCE, lang).filter((one) => ['competition', 'referral', 'import'].includes(one.value));
  return (
    <ActionDialog action={{ action: 'membership.keep', allowed: true, method: 'POST', href: '/api/v1/memberships' }} initial={{ lane: 'ladder' }} onClose={onClose}
      onDone={(made) => void navigate({ to: '/library/$id', params: { id: (made as Schemas['MembershipView']).id } })}
      words={{ name: ['录入储备企业', 'Add a candidate'], press: ['保存', 'Save'], explain: ['储备企业没有类别和证书，筛选从中邀请。', 'A candidate has no tier and no certificate; screening draws from them.'] }}>
      <EnterpriseField at="/enterprise_id" label={say('企业', 'Enterprise')} required />
      <div className="grid">
        <ChoiceField at="/lane" label={say('通道', 'Lane')} choices={options(LANE, lang)} required /><ChoiceField at="/source" label={say('来源', 'Source')} choices={sources} required />
        <TextField at="/detail/event" label={say('大赛名称', 'Competition')} hint={say('来源为大赛时必填', 'Required for a competition')} /><TextField at="/detail/place" label={say('名次', 'Place')} />
        <TextField at="/detail/track" label={say('大赛赛道', 'Track of the competition')} /><TextField at="/detail/referred_by" label={say('推荐方', 'Referred by')} hint={say('来源为推荐时必填', 'Required for a referral')} />
      </div>
      <AreaField at="/detail/note" label={say('备注', 'Note')} rows={2} />
    </ActionDialog>
  );
}
