import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { Suspense, useEffect, useRef, useSyncExternalStore } from 'react';
import { session } from '../../api/session';
import { PageSkeleton } from '../../ui/basics';
import { useSay } from '../../words/say';
import { Shell, useUnderWay } from '../Shell';
import { LanguageButton } from '../LanguageButton';

/** Around the pages that everybody may read. */
export function Frame() {
  const say = useSay();
  const state = useSyncExternalStore(session.subscribe, () => session.state);
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const first = useRef(true);
  const busy = useUnderWay();
  useEffect(() => {
    if (!first.current) main.current?.focus();
    first.current = false;
  }, [pathname]);
  // Who has signed in keeps their menu.
  if (state === 'in' && pathname !== '/sign-in') return <Suspense fallback={<PageSkeleton />}><Shell /></Suspense>;
  return (
    <>
      <a className="skip" href="#content" onClick={(e) => { e.preventDefault(); main.current?.focus(); }}>{say('跳到正文', 'Skip to the content')}</a>
      <header className="public-top">
        <Link to="/" className="brand" aria-label={say('崂山未来产业企业培育', 'Laoshan Pipeline')}><img src="/mark.svg" alt="" width="26" height="26" /><span>{say('崂山未来产业企业培育', 'Laoshan Pipeline')}</span></Link>
        <nav aria-label={say('主菜单', 'Main menu')}>
          <Link to="/self-check">{say('资格自测', 'Self-check')}</Link>
          <Link to="/notices">{say('公示', 'Public notices')}</Link>
          <Link to="/certificates">{say('证书查验', 'Check a certificate')}</Link>
          <Link to="/sign-in">{say('登录', 'Sign in')}</Link>
          <LanguageButton />
        </nav>
      </header>
      <main id="content" ref={main} tabIndex={-1} className="public-main" aria-busy={busy}><Outlet /></main>
    </>
  );
}
