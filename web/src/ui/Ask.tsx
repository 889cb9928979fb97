import { AreaField, ChoiceField, CheckField, DateField, MomentField, MoneyField, NumberField, PercentField, TextField, YesNoField, ManyField } from '../form/fields';
import { options } from '../words/labels';
import { told, useLang, type Say } from '../words/say';

type Kind = 'text' | 'area' | 'date' | 'moment' | 'money' | 'percent' | 'number' | 'choice' | 'many' | 'check' | 'yesno' | 'email' | 'password';

/** A field of a dialog, as a row of a table. */
export interface AskedField {
  at: string;
  kind: Kind;
  label: Say;
  hint?: Say;
  required?: boolean;
  choices?: Record<string, Say>;
}

export function Ask({ field }: { field: AskedField }) {
  const lang = useLang();
  const props = {
    at: field.at,
    label: told(field.label, lang),
    ...(field.hint ? { hint: told(field.hint, lang) } : {}),
    ...(field.required ? { required: true } : {}),
  };
  switch (field.kind) {
    case 'area': return <AreaField {...props} />;
    case 'date': return <DateField {...props} />;
    case 'moment': return <MomentField {...props} />;
    case 'money': return <MoneyField {...props} />;
    case 'percent': return <PercentField {...props} />;
    case 'number': return <NumberField {...props} />;
    case 'choice': return <ChoiceField {...props} choices={options(field.choices ?? {}, lang)} />;
    case 'many': return <ManyField {...props} choices={options(field.choices ?? {}, lang)} />;
    case 'check': return <CheckField {...props} />;
    case 'yesno': return <YesNoField {...props} />;
    case 'email': return <TextField {...props} type="email" />;
    case 'password': return <TextField {...props} type="password" autoComplete="new-password" />;
    case 'text': return <TextField {...props} />;
  }
}
