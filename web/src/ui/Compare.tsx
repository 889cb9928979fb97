// Two sides of a document, value by value.
import { useSay } from '../words/say';
import { Wide } from './basics';
import { usePlainly } from './names';

export interface Row {
  at: string;
  name: string;
  left: unknown;
  right: unknown;
}

export function Compare({ left, right, rows }: { left: string; right: string; rows: Row[] }) {
  const say = useSay();
  const plainly = usePlainly();
  return (
    <Wide label={say('对比', 'Comparison')}>
      <table className="compare">
        <thead><tr><th scope="col">{say('内容', 'What')}</th><th scope="col">{left}</th><th scope="col">{right}</th></tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.at}><th scope="row">{row.name}</th><td className="old">{plainly(row.left, row.at)}</td><td className="new">{plainly(row.right, row.at)}</td></tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}
