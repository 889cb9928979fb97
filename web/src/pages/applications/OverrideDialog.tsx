import type { Action } from '../../api/client';
import { AreaField, ManyField } from '../../form/fields';
import { ActionDialog } from '../../ui/actions';
import { useSay } from '../../words/say';
import type { View } from './ApplicationPage';

/** An unmet rule is let pass by a decision with a reason; a veto never. */
export function OverrideDialog({ view, action, onClose }: { view: View; action: Action; onClose: () => void }) {
  const say = useSay();
  const blocking = view.snapshot?.evaluation.leaves.filter((leaf) => leaf.blocking && leaf.outcome !== 'manual_review') ?? [];
  return (
    <ActionDialog action={action} version={view.version} onClose={onClose}
      words={{ name: ['准入条件放行', 'Let gate rules pass'], press: ['提请审批', 'Send for approval'], done: ['已提请审批', 'Sent for approval'], explain: ['选择未满足但拟放行的条件并说明理由，由另一人批准后生效。一票否决事项不能放行。', 'Choose unmet rules to let pass and say why. It takes effect when a second person approves it. Vetoes cannot be let pass.'] }}>
      <ManyField at="/leaves" label={say('条件', 'Rules')} choices={blocking.map((leaf) => ({ value: leaf.code, label: leaf.text }))} required />
      <AreaField at="/reason" label={say('理由', 'Reason')} required />
    </ActionDialog>
  );
}
