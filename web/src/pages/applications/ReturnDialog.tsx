import type { Action, Schemas } from '../../api/client';
import { useEffect } from 'react';
import { useField, useValueAt } from '../../form/context';
import { AreaField, ChoiceField, ListField, type Choice } from '../../form/fields';
import { ActionDialog } from '../../ui/actions';
import { useNames } from '../../ui/names';
import { differences } from '../../words/patch';
import { options, SECTION } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

/** Everything to be corrected at once, section by section, each remark beside the value it is about. */
export function ReturnDialog({ action, version, form, evidence, onClose }: { action: Action; version?: number; form: Schemas['Form']; evidence: Schemas['EvidenceItemView'][]; onClose: () => void }) {
  const say = useSay();
  const lang = useLang();
  const names = useNames();
  const places = differences(form, {}).map((one) => one.at).flatMap((at) => {
    const value = at.split('/').slice(1).reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], form);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? leaves(value, at) : [at];
  });
  return (
    <ActionDialog action={action} version={version} onClose={onClose} initial={{ items: [{ section: 'figures', remark: '' }] }}
      words={{ name: ['退回补正', 'Return for correction'], wide: true, press: ['退回', 'Return'], explain: ['请一次性列出全部需要补正的内容。企业会在对应位置看到您的意见和补正期限。', 'List everything at once. The enterprise sees each remark at its place, with the due date.'] }}>
      <ListField at="/items" label={say('补正内容', 'To be corrected')} add={say('再添一条', 'Add another')} blank={() => ({ section: 'figures', remark: '' })}>
        {(at) => (
          <>
            <ChoiceField at={`${at}/section`} label={say('部分', 'Section')} choices={options(SECTION, lang)} required />
            <Place at={at} choices={[...places.map((pointer) => ({ value: pointer, label: names(pointer) })), ...evidence.map((one) => ({ value: `/attachments/${one.code}`, label: one.name }))]} />
            <AreaField at={`${at}/remark`} label={say('意见', 'Remark')} rows={2} required />
          </>
        )}
      </ListField>
    </ActionDialog>
  );
}

/** Which value of the section that was chosen. */
function Place({ at, choices }: { at: string; choices: Choice[] }) {
  const say = useSay();
  const section = useValueAt<string>(`${at}/section`) ?? '';
  const field = useField<string>(`${at}/pointer`, '');
  const within = choices.filter((one) => one.value === `/${section}` || one.value.startsWith(`/${section}/`));
  const stray = field.value !== undefined && !within.some((one) => one.value === field.value);
  useEffect(() => {
    // Another section was chosen.
    if (stray) field.set(undefined);
  });
  return <ChoiceField at={`${at}/pointer`} label={say('具体位置（可不选）', 'Value (optional)')} empty={say('整个部分', 'The whole section')} choices={within} />;
}

function leaves(value: object, at: string): string[] {
  return Object.entries(value).flatMap(([key, inner]) => (typeof inner === 'object' && inner !== null && !Array.isArray(inner) && !('value' in inner) ? leaves(inner as object, `${at}/${key}`) : [`${at}/${key}`]));
}
