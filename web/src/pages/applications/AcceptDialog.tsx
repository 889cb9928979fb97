import type { Action } from '../../api/client';
import { AreaField, YesNoField } from '../../form/fields';
import { ActionDialog } from '../../ui/actions';
import { useSay } from '../../words/say';
import type { View } from './ApplicationPage';

/** Acceptance answers what the rules leave to a person: questions of the gate and vetoes that nobody stated. */
export function AcceptDialog({ view, action, onClose }: { view: View; action: Action; onClose: () => void }) {
  const say = useSay();
  const evaluation = view.snapshot?.evaluation;
  const questions = evaluation?.leaves.filter((leaf) => leaf.outcome === 'manual_review' && leaf.blocking) ?? [];
  const vetoes = evaluation?.vetoes.filter((veto) => veto.outcome === 'manual_review') ?? [];
  return (
    <ActionDialog action={action} version={view.version} onClose={onClose}
      words={{ name: ['受理', 'Accept'], wide: true, explain: ['受理表示材料齐全、符合准入条件。下列各项规则留给经办人判断，请逐项核实后作答。', 'Acceptance says the application is complete and eligible. The rules leave these to you.'] }}>
      {questions.length > 0 && <h3>{say('需人工核验的条件', 'Conditions to be judged')}</h3>}
      {questions.map((leaf) => <YesNoField key={leaf.code} at={`/human/${leaf.code}`} label={leaf.text} hint={say('“是”表示满足', 'Yes means it is met')} />)}
      {vetoes.length > 0 && <h3>{say('否决事项', 'Vetoes')}</h3>}
      {vetoes.map((veto) => <YesNoField key={veto.code} at={`/vetoes/${veto.code}`} label={veto.text} hint={say('“是”表示涉及', 'Yes means it applies')} />)}
      <AreaField at="/reason" label={say('核验依据', 'What it was judged by')} hint={say('有作答时必填，例如：查验营业执照、信用中国记录', 'Needed when something was judged, for example: licence and credit record seen')} />
    </ActionDialog>
  );
}
