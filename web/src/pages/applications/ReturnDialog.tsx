import type { Action, Schemas } from '../../api/client';
import { AreaField, ChoiceField, ListField } from '../../form/fields';
import { ActionDialog } from '../../ui/actions';
import { useNames } from '../../ui/names';
import { differences } from '../../words/patch';
import { options, SECTION } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

/** Everything to be corrected at once, section by section, each remark beside the value it is about. */
export function ReturnDialog({ action, version, form, onClose }: { action: Action; version?: number; form: Schemas['Form']; onClose: () => void }) {
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
            <ChoiceField at={`${at}/pointer`} label={say('具体位置（可不选）', 'Value (optional)')} empty={say('整个部分', 'The whole section')} choices={places.map((pointer) => ({ value: pointer, label: names(pointer) }))} />
            <AreaField at={`${at}/remark`} label={say('意见', 'Remark')} rows={2} required />
          </>
        )}
      </ListField>
    </ActionDialog>
  );
}

function leaves(value: object, at: string): string[] {
  return Object.entries(value).flatMap(([key, inner]) => (typeof inner === 'object' && inner !== null && !Array.isArray(inner) && !('value' in inner) ? leaves(inner as object, `${at}/${key}`) : [`${at}/${key}`]));
}
