// Small pieces that every page is made of.
import { Alert, Button, Skeleton } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { asProblem, type Problem } from '../api/problem';
import { label, RECHECK_STATE, REVIEW_STATE, SUBSIDY_STATE, VISIT_STATE } from '../words/labels';
import { money, percent, yuanInFull } from '../words/money';
import { day, daysUntil, moment, until } from '../words/dates';
import { sentence, useLang, useSay, type Say } from '../words/say';

/** The frame of every page: one title, what can be done beside it, and the content. */
export function Page({ title, lead, aside, tags, children, narrow }: {
  title: string; lead?: ReactNode; aside?: ReactNode; tags?: ReactNode; children: ReactNode; narrow?: boolean;
}) {
  const say = useSay();
  useEffect(() => {
    document.title = `${title} · ${say('崂山未来产业企业培育', 'Laoshan Pipeline')}`;
  }, [title, say]);
  return (
    <div className={narrow ? 'page page-narrow' : 'page'}>
      <header className="page-head">
        <div>
          <h1 tabIndex={-1}>{title} {tags}</h1>
          {lead && <div className="page-lead">{lead}</div>}
        </div>
        {aside && <div className="page-aside">{aside}</div>}
      </header>
      {children}
    </div>
  );
}

export function Panel({ title, children, extra, id }: { title?: ReactNode; children: ReactNode; extra?: ReactNode; id?: string }) {
  return (
    <section className="panel" id={id}>
      {(title || extra) && (
        <div className="panel-head">
          {title && <h2>{title}</h2>}
          {extra}
        </div>
      )}
      {children}
    </section>
  );
}

type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'plain';

const TONES: Record<Exclude<Tone, 'plain'>, string[]> = {
  good: ['recognised', 'open', 'concluded', 'active', 'promoted', 'approved', 'replied', 'met', 'sent', 'evaluated', 'closed_well', 'paid', 'confirmed', 'verified', 'kept', 'landed'],
  busy: ['submitted', 'accepted', 'in_review', 'scored', 'site_checked', 'proposed', 'in_publicity', 'published', 'formal_review', 'expert_review', 'site_check', 'deliberation',
    'publicity', 're_review', 'pending', 'received', 'admitted', 'investigating', 'manual_review', 'queued', 'invited', 'executing', 'consulting', 'raised', 'assigned', 'in_progress', 'reported', 'rechecked', 'negotiating', 'signed', 'watching', 'filed', 'reviewed', 'pending_approval', 'payable', 'in_payment'],
  warn: ['returned', 'objected', 'watch', 'suspended', 'demoted', 'unknown', 'unconfirmed', 'pending_confirm', 'reopened', 'mid_review', 'adjusted', 'questioned'],
  bad: ['denied', 'void', 'cancelled', 'revoked', 'refused', 'upheld', 'unmet', 'dead', 'overdue', 'lost', 'payment_failed', 'rejected_formal', 'rejected'],
};

/** Where a code means something else than it does elsewhere: what still waits for somebody is not good yet. */
const ELSEWHERE = new Map<Record<string, Say>, Record<string, Tone>>([
  [SUBSIDY_STATE, { confirmed: 'busy' }], [REVIEW_STATE, { open: 'busy', submitted: 'good' }], [RECHECK_STATE, { open: 'busy' }], [VISIT_STATE, { concluded: 'busy', disputed: 'warn' }],
]);

function toneOf(state: string, table?: Record<string, Say>): Tone {
  const own = table && ELSEWHERE.get(table)?.[state];
  if (own) return own;
  for (const [tone, states] of Object.entries(TONES)) if (states.includes(state)) return tone as Tone;
  return 'plain';
}

/** A word in a frame; its colour only repeats what the word says. */
export function Mark({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`mark mark-${tone}`}>{children}</span>;
}

export function State({ of, table }: { of: string | null | undefined; table: Record<string, Say> }) {
  const lang = useLang();
  if (!of) return <>—</>;
  return <Mark tone={toneOf(of, table)}>{label(table, of, lang)}</Mark>;
}

export function Amount({ fen, full }: { fen: number | null | undefined; full?: boolean }) {
  const english = useLang() === 'en';
  if (fen === null || fen === undefined) return <>—</>;
  if (full) return <span className="figure">{yuanInFull(fen)} {english ? 'yuan' : '元'}</span>;
  return <span className="figure" title={`${yuanInFull(fen)} ${english ? 'yuan' : '元'}`}>{money(fen, english)}</span>;
}

export function Rate({ ppm }: { ppm: number | null | undefined }) {
  return ppm === null || ppm === undefined ? <>—</> : <span className="figure">{percent(ppm)}</span>;
}

export function Moment({ at }: { at: string | null | undefined }) {
  const lang = useLang();
  return at ? <time dateTime={at} className="figure">{moment(at, lang)}</time> : <>—</>;
}

export function Day({ on }: { on: string | null | undefined }) {
  const lang = useLang();
  return on ? <time dateTime={on} className="figure">{day(on, lang)}</time> : <>—</>;
}

/** A due date with what is left of it; red once it is over, never by colour alone. */
export function Due({ on, at }: { on?: string | null | undefined; at?: string | null | undefined }) {
  const lang = useLang();
  const when = on ?? at;
  if (!when) return <>—</>;
  const days = daysUntil(when);
  const tone = days < 0 ? 'due-over' : days <= 3 ? 'due-soon' : 'due';
  return <span className={tone}>{at ? moment(at, lang) : day(when, lang)} <span className="due-left">{until(when, lang)}</span></span>;
}

export function Facts({ rows }: { rows: Array<[ReactNode, ReactNode] | false | undefined | null> }) {
  return (
    <dl className="facts">
      {rows.filter((row) => !!row).map(([name, value], i) => (
        <div key={i}><dt>{name}</dt><dd>{value === null || value === undefined || value === '' ? '—' : value}</dd></div>
      ))}
    </dl>
  );
}

export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return <div className="empty"><p>{children}</p>{action}</div>;
}

/** What a problem says, where there is no field to say it at. */
export function ProblemNote({ problem, retry }: { problem: unknown; retry?: () => void }) {
  const say = useSay();
  if (!problem) return null;
  const known = asProblem(problem);
  return (
    <Alert type={known.status === 409 || known.status === 422 ? 'warning' : 'error'} showIcon className="problem" role="alert"
      title={titleOf(known, say)}
      description={(known.detail || known.errors.length > 0 || known.status >= 500) && (
        <>
          {known.detail && known.detail !== known.message && <p>{known.detail}</p>}
          {known.errors.length > 0 && (
            <ul>{known.errors.map((fault, i) => <li key={i}>{fault.pointer && <code>{fault.pointer}</code>} {fault.detail}</li>)}</ul>
          )}
          {known.status >= 500 && known.requestId && <p>{say('请求编号', 'Request')} <code>{known.requestId}</code></p>}
        </>
      )}
      action={retry && <Button size="small" onClick={retry}>{say('重试', 'Try again')}</Button>} />
  );
}

export function titleOf(problem: Problem, say: (zh: string, en: string) => string): string {
  return problem.status === 0 ? say('网络不通，或服务器暂时没有响应', 'The network or the server cannot be reached') : sentence(problem.message);
}

export function PageSkeleton() {
  const say = useSay();
  return <div className="page" role="status" aria-busy="true" aria-label={say('正在加载', 'Loading')}><Skeleton active paragraph={{ rows: 8 }} /></div>;
}

/** A labelled region that scrolls sideways by itself on a narrow window, also by keyboard. */
export function Wide({ label: name, children }: { label: string; children: ReactNode }) {
  return <div className="wide" role="region" aria-label={name} tabIndex={0}>{children}</div>;
}
