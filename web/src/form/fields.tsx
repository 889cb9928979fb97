import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Radio } from 'antd';
import { useEffect, useId, useState, type ReactNode } from 'react';
import { momentInput, parseMoment } from '../words/dates';
import { moneyInput, parseMoney, parsePercent, percentInput, yuanInFull, type MoneyUnit } from '../words/money';
import { marks, marksInput, parseMarks } from '../words/marks';
import { sentence, useSay } from '../words/say';
import { useField, type FieldWorld } from './context';

interface FieldProps {
  at: string;
  label: string;
  hint?: ReactNode;
  required?: boolean;
}

/** Label, input, hint, then what is wrong and what an officer remarked: one order everywhere. */
function Shell({ field, label, hint, required, children, group }: {
  field: Pick<FieldWorld<unknown>, 'id' | 'fault' | 'remark' | 'hintId'>; label: string; hint?: ReactNode; required?: boolean | undefined; children: ReactNode; group?: boolean;
}) {
  const say = useSay();
  const said = field.fault || field.remark;
  const body = (
    <>
      {children}
      <div id={field.hintId} className="field-hint">{hint}</div>
      {said && (
        <div id={`${field.id}-said`}>
          {field.fault && <p className="field-fault">{sentence(field.fault)}</p>}
          {field.remark && <p className="field-remark"><strong>{say('经办人意见：', 'Officer: ')}</strong>{field.remark}</p>}
        </div>
      )}
    </>
  );
  const mark = required ? <span className="field-required" title={say('必填', 'required')} aria-hidden>*</span> : null;
  if (group) {
    return <fieldset className={field.fault ? 'field field-wrong' : 'field'}><legend>{label}{mark}</legend>{body}</fieldset>;
  }
  return <div className={field.fault ? 'field field-wrong' : 'field'}><label htmlFor={field.id}>{label}{mark}</label>{body}</div>;
}

interface TextProps extends FieldProps {
  type?: 'text' | 'email' | 'tel' | 'password' | 'url' | 'search';
  autoComplete?: string;
  placeholder?: string;
  maxLength?: number;
}

export function TextField({ at, label, hint, required, type = 'text', autoComplete, placeholder, maxLength }: TextProps) {
  const field = useField<string>(at, label);
  return (
    <Shell field={field} label={label} hint={hint} required={required}>
      <input {...field.aria} className="input" type={type} value={field.value ?? ''} readOnly={field.readOnly} placeholder={placeholder}
        maxLength={maxLength} autoComplete={autoComplete ?? 'off'} onChange={(e) => field.set(e.target.value === '' ? undefined : e.target.value)} />
    </Shell>
  );
}

export function AreaField({ at, label, hint, required, rows = 4, max }: FieldProps & { rows?: number; max?: number }) {
  const field = useField<string>(at, label);
  const count = field.value?.length ?? 0;
  return (
    <Shell field={field} label={label} required={required}
      hint={<>{hint}{max && <span className="count">{count} / {max}</span>}</>}>
      <textarea {...field.aria} className="input" rows={rows} value={field.value ?? ''} readOnly={field.readOnly}
        onChange={(e) => field.set(e.target.value === '' ? undefined : e.target.value)} />
    </Shell>
  );
}

/** Keeps what is typed while it is typed; the document gets a value only when the text is one. */
function useTyped<V>(field: FieldWorld<V>, show: (value: V) => string, readText: (text: string) => V | undefined, flavour: string) {
  const [text, setText] = useState(() => (field.value === undefined || field.value === null ? '' : show(field.value)));
  const meant = text.trim() === '' ? undefined : readText(text);
  const wrong = text.trim() !== '' && meant === undefined;
  const { value } = field;
  useEffect(() => {
    // The document changed from outside (another person's version was taken, the unit was changed).
    setText((typed) => {
      const typedValue = typed.trim() === '' ? undefined : readText(typed);
      if (typedValue === (value ?? undefined)) return typed;
      return value === undefined || value === null ? (typedValue === undefined && typed.trim() !== '' ? typed : '') : show(value);
    });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `show` and `readText` follow from the flavour
  }, [value, flavour]);
  return {
    text,
    wrong,
    type: (next: string) => {
      setText(next);
      const parsed = next.trim() === '' ? undefined : readText(next);
      if (parsed !== undefined || next.trim() === '') field.set(parsed);
    },
    rewrite: (next: string) => setText(next),
  };
}

/** An amount: typed in yuan or in ten thousand yuan, printed with its unit, echoed in full to the fen. */
export function MoneyField({ at, label, hint, required, unit: first = 'wan', negative }: FieldProps & { unit?: MoneyUnit; negative?: boolean }) {
  const say = useSay();
  const field = useField<number>(at, label);
  const [unit, setUnit] = useState<MoneyUnit>(first);
  const accept = (text: string) => {
    const fen = parseMoney(text, unit);
    return fen !== undefined && (negative || fen >= 0) ? fen : undefined;
  };
  const typed = useTyped<number>(field, (fen) => moneyInput(fen, unit), accept, unit);
  return (
    <Shell field={field} label={label} required={required} hint={(
      <>
        {typed.wrong
          ? <span className="field-fault">{say('请输入金额，精确到分为止', 'Type an amount, no finer than a fen')}</span>
          : field.value !== undefined && <span className="figure">{say('即', 'that is')} {yuanInFull(field.value)} {say('元', 'yuan')}</span>}
        {hint && <span> {hint}</span>}
      </>
    )}>
      <span className="joined">
        <input {...field.aria} className="input figure" inputMode="decimal" value={typed.text} readOnly={field.readOnly} onChange={(e) => typed.type(e.target.value)} />
        <select className="input unit" aria-label={say(`${label}的单位`, `Unit of ${label}`)} value={unit} disabled={field.readOnly}
          onChange={(e) => {
            const next = e.target.value as MoneyUnit;
            setUnit(next);
            if (field.value !== undefined && field.value !== null) typed.rewrite(moneyInput(field.value, next));
          }}>
          <option value="wan">{say('万元', '10k yuan')}</option>
          <option value="yuan">{say('元', 'yuan')}</option>
        </select>
      </span>
    </Shell>
  );
}

export function PercentField({ at, label, hint, required }: FieldProps) {
  const say = useSay();
  const field = useField<number>(at, label);
  const typed = useTyped<number>(field, percentInput, parsePercent, 'ppm');
  return (
    <Shell field={field} label={label} required={required}
      hint={typed.wrong ? <span className="field-fault">{say('请输入百分数，最多四位小数', 'Type a percentage, at most four decimals')}</span> : hint}>
      <span className="joined">
        <input {...field.aria} className="input figure" inputMode="decimal" value={typed.text} readOnly={field.readOnly} onChange={(e) => typed.type(e.target.value)} />
        <span className="unit">%</span>
      </span>
    </Shell>
  );
}

function wholeNumber(text: string): number | undefined {
  const plain = text.replace(/[０-９]/g, (d) => String.fromCharCode(d.charCodeAt(0) - 0xfee0)).replace(/[\s,，]/g, '');
  const value = /^-?\d{1,15}$/.test(plain) ? Number(plain) : undefined;
  return value;
}

/** Marks with two decimals, kept as hundredths. */
export function MarksField({ at, label, hint, required, most }: FieldProps & { most: number }) {
  const say = useSay();
  const field = useField<number>(at, label);
  const typed = useTyped<number>(field, marksInput, parseMarks, 'marks');
  const over = field.value !== undefined && field.value !== null && field.value > most;
  return (
    <Shell field={field} label={label} required={required}
      hint={typed.wrong || over ? <span className="field-fault">{say(`请输入 0 至 ${marks(most)} 的分数，最多两位小数`, `Type marks from 0 to ${marks(most)}, at most two decimals`)}</span> : hint}>
      <span className="joined">
        <input {...field.aria} className="input figure" inputMode="decimal" value={typed.text} readOnly={field.readOnly} onChange={(e) => typed.type(e.target.value)} />
        <span className="unit">{say(`满分 ${marksInput(most)}`, `of ${marksInput(most)}`)}</span>
      </span>
    </Shell>
  );
}

export function NumberField({ at, label, hint, required, unit }: FieldProps & { unit?: string }) {
  const say = useSay();
  const field = useField<number>(at, label);
  const typed = useTyped<number>(field, String, wholeNumber, 'n');
  return (
    <Shell field={field} label={label} required={required}
      hint={typed.wrong ? <span className="field-fault">{say('请输入整数', 'Type a whole number')}</span> : hint}>
      <span className="joined">
        <input {...field.aria} className="input figure" inputMode="numeric" value={typed.text} readOnly={field.readOnly} onChange={(e) => typed.type(e.target.value)} />
        {unit && <span className="unit">{unit}</span>}
      </span>
    </Shell>
  );
}

export function DateField({ at, label, hint, required }: FieldProps) {
  const field = useField<string>(at, label);
  return (
    <Shell field={field} label={label} hint={hint} required={required}>
      <input {...field.aria} className="input" type="date" value={field.value ?? ''} readOnly={field.readOnly}
        onChange={(e) => field.set(e.target.value || undefined)} />
    </Shell>
  );
}

/** A moment, typed in Shanghai's time. */
export function MomentField({ at, label, hint, required }: FieldProps) {
  const say = useSay();
  const field = useField<string>(at, label);
  return (
    <Shell field={field} label={label} required={required} hint={<>{hint} {say('（北京时间）', '(China time)')}</>}>
      <input {...field.aria} className="input" type="datetime-local" value={field.value ? momentInput(field.value) : ''} readOnly={field.readOnly}
        onChange={(e) => field.set(parseMoment(e.target.value))} />
    </Shell>
  );
}

export interface Choice {
  value: string;
  label: string;
  /** A name, which no language changes. */
  own?: boolean;
}

export function ChoiceField({ at, label, hint, required, choices, empty }: FieldProps & { choices: Choice[]; empty?: string }) {
  const say = useSay();
  const field = useField<string>(at, label);
  return (
    <Shell field={field} label={label} hint={hint} required={required}>
      <select {...field.aria} className="input" value={field.value ?? ''} disabled={field.readOnly} onChange={(e) => field.set(e.target.value || undefined)}>
        <option value="">{empty ?? say('请选择', 'Choose')}</option>
        {choices.map((choice) => <option key={choice.value} value={choice.value}>{choice.label}</option>)}
      </select>
    </Shell>
  );
}

export function ManyField({ at, label, hint, required, choices }: FieldProps & { choices: Choice[] }) {
  const field = useField<string[]>(at, label);
  const chosen = field.value ?? [];
  return (
    <Shell field={field} label={label} hint={hint} required={required} group>
      <div className="checks" id={field.id} tabIndex={-1}>
        {choices.map((choice) => (
          <Checkbox key={choice.value} checked={chosen.includes(choice.value)} disabled={field.readOnly}
            onChange={(e) => field.set(choices.map((c) => c.value).filter((v) => (v === choice.value ? e.target.checked : chosen.includes(v))))}>
            {choice.own ? <span translate="no">{choice.label}</span> : choice.label}
          </Checkbox>
        ))}
      </div>
    </Shell>
  );
}

/** Yes, no, or not answered: what is not answered is unknown, which is not "no". */
export function YesNoField({ at, label, hint, required }: FieldProps) {
  const say = useSay();
  const name = useId();
  const field = useField<boolean>(at, label);
  const value = field.value === undefined || field.value === null ? 'open' : field.value ? 'yes' : 'no';
  return (
    <Shell field={field} label={label} hint={hint} required={required} group>
      <div id={field.id} tabIndex={-1}>
        <Radio.Group name={name} value={value} disabled={field.readOnly} aria-label={label}
          onChange={(e) => field.set(e.target.value === 'open' ? undefined : e.target.value === 'yes')}
          options={[{ value: 'yes', label: say('是', 'Yes') }, { value: 'no', label: say('否', 'No') }, { value: 'open', label: say('未填', 'Not answered') }]} />
      </div>
    </Shell>
  );
}

export function CheckField({ at, label, hint, required, children }: FieldProps & { children?: ReactNode }) {
  const field = useField<boolean>(at, label);
  return (
    <div className={field.fault ? 'field field-wrong' : 'field'}>
      <Checkbox id={field.id} checked={field.value ?? false} disabled={field.readOnly} onChange={(e) => field.set(e.target.checked)}>
        {children ?? label}{required && <span className="field-required" aria-hidden>*</span>}
      </Checkbox>
      <div id={field.hintId} className="field-hint">{hint}</div>
      {field.fault && <p className="field-fault">{sentence(field.fault)}</p>}
      {field.remark && <p className="field-remark">{field.remark}</p>}
    </div>
  );
}

/** A list whose entries are forms of their own. */
export function ListField({ at, label, hint, add, blank, none, children }: FieldProps & {
  /** What an empty list says, where nobody has to state that there is none. */
  none?: string;
  add: string; blank: () => unknown; children: (at: string, index: number) => ReactNode;
}) {
  const say = useSay();
  const field = useField<unknown[]>(at, label);
  const items = field.value ?? [];
  return (
    <Shell field={field} label={label} hint={hint} group>
      <div id={field.id} tabIndex={-1} className="entries">
        {items.map((_, i) => (
          <div key={i} className="entry" role="group" aria-label={`${label} ${i + 1}`}>
            <div className="grid">{children(`${at}/${i}`, i)}</div>
            {!field.readOnly && (
              <Button type="text" danger icon={<DeleteOutlined />} aria-label={say(`删除第 ${i + 1} 项`, `Remove entry ${i + 1}`)}
                onClick={() => field.set(items.filter((_item, n) => n !== i))}>{say('删除', 'Remove')}</Button>
            )}
          </div>
        ))}
        {!field.readOnly && (
          <div className="entry-tools">
            <Button icon={<PlusOutlined />} onClick={() => field.set([...items, blank()])}>{add}</Button>
            {!none && field.value === undefined && <Button type="link" onClick={() => field.set([])}>{say('没有', 'None')}</Button>}
            {field.value !== undefined && items.length === 0 && <span className="none">{none ?? say('已说明：没有', 'Stated: none')}</span>}
          </div>
        )}
      </div>
    </Shell>
  );
}
