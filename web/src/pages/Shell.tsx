import { BellOutlined, LogoutOutlined, MenuOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useNavigate, useRouterState } from '@tanstack/react-router';
import { Button, Drawer } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useMe } from '../api/me';
import { whileTouched } from '../api/presence';
import { DEMO_PASSWORD, isDemo, moveClock, readClock } from '../api/demo';
import { session } from '../api/session';
import { moment } from '../words/dates';
import { label, ROLE } from '../words/labels';
import { forgetLanding, GROUPS, landingOf, placesOf } from '../words/navigation';
import { told, useLang, useSay } from '../words/say';
import { LanguageButton } from './LanguageButton';
import { UNREAD } from './messages/unread';

/** Around every page of somebody who has signed in: where they can go, who they are, and in the demo the clock. */
export function Shell() {
  const say = useSay();
  const lang = useLang();
  const [open, setOpen] = useState(false);
  const me = useMe();
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    landingOf(me);
  }, [me]);
  useEffect(() => {
    setOpen(false);
    if (first.current) {
      first.current = false;
      return;
    }
    // A new page begins at its title, for whoever reads with the keyboard or by ear.
    main.current?.focus();
  }, [pathname]);
  return (
    <div className="shell">
      <a className="skip" href="#content" onClick={(e) => { e.preventDefault(); main.current?.focus(); }}>{say('跳到正文', 'Skip to the content')}</a>
      <header className="top">
        <Button type="text" className="menu-button" icon={<MenuOutlined />} aria-label={say('打开菜单', 'Open the menu')} onClick={() => setOpen(true)} />
        <Link to={landingOf(me)} className="brand" aria-label={say('崂山未来产业企业培育', 'Laoshan Pipeline')}><img src="/mark.svg" alt="" width="26" height="26" /><span>{say('崂山未来产业企业培育', 'Laoshan Pipeline')}</span></Link>
        <div className="top-end">
          <Inbox />
          <LanguageButton />
          <Link to="/account" className="who"><span>{me.name}</span><small>{me.roles.map((role) => label(ROLE, role, lang)).join(say('、', ', '))}</small></Link>
          <SignOut />
        </div>
      </header>
      {isDemo && <DemoBar />}
      <aside className="side"><Places /></aside>
      <Drawer open={open} onClose={() => setOpen(false)} placement="left" size={280} title={say('菜单', 'Menu')}><Places /></Drawer>
      <main id="content" ref={main} tabIndex={-1} className="main" aria-busy={useUnderWay()}><Outlet /></main>
    </div>
  );
}

/** Whether the page of the address is still on its way and an older one is shown. */
export function useUnderWay(): boolean {
  return useRouterState({ select: (state) => state.resolvedLocation?.href !== state.location.href });
}

/** Whether something came in; the number is told and not only shown. */
function Inbox() {
  const say = useSay();
  const unread = useQuery({ ...UNREAD, refetchInterval: () => whileTouched(60_000) }).data?.unread ?? 0;
  const name = unread > 0 ? say(`消息，${unread} 条未读`, `Messages, ${unread} unread`) : say('消息', 'Messages');
  return <Link to="/messages" className="inbox" aria-label={name} title={name}><BellOutlined />{unread > 0 && <span className="inbox-count">{unread > 99 ? '99+' : unread}</span>}</Link>;
}

function Places() {
  const me = useMe();
  const lang = useLang();
  const say = useSay();
  const { pathname } = useLocation();
  const places = placesOf(me);
  const groups = GROUPS.filter((group) => places.some((place) => place.group === group));
  return (
    <nav aria-label={say('主菜单', 'Main menu')}>
      {groups.map((group) => (
        <div key={group[0]} className="nav-group">
          <p>{told(group, lang)}</p>
          <ul>
            {places.filter((place) => place.group === group).map((place) => {
              const here = pathname === place.to || pathname.startsWith(`${place.to}/`) || (pathname.startsWith('/applications/') && place === places[0]);
              return <li key={place.to}><Link to={place.to} aria-current={here ? 'page' : undefined} className={here ? 'here' : undefined}>{told(place.name, lang)}</Link></li>;
            })}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function SignOut() {
  const say = useSay();
  const client = useQueryClient();
  const navigate = useNavigate();
  return (
    <Button type="text" icon={<LogoutOutlined />} aria-label={say('退出登录', 'Sign out')} onClick={async () => {
      await session.signOut();
      forgetLanding();
      await navigate({ to: '/sign-in' });
      client.clear();
    }} />
  );
}

function DemoBar() {
  const say = useSay();
  const me = useMe();
  const lang = useLang();
  const client = useQueryClient();
  const clock = useQuery({ queryKey: ['demo'], queryFn: readClock, refetchInterval: 60_000 });
  const [busy, setBusy] = useState(false);
  if (!clock.data) return null;
  const move = async (by: string) => {
    setBusy(true);
    try {
      await moveClock(by);
      // No session outlives such a leap, but nobody was away: whoever the demo has made goes on, others sign in again.
      if (!(await session.renew())) await session.signIn(me.email, DEMO_PASSWORD).catch(() => undefined);
      await client.invalidateQueries();
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="demo" role="region" aria-label={say('演示时钟', 'Demo clock')}>
      <span><strong>{say('演示环境', 'Demo')}</strong> {say('数据均为虚构，当前时间', 'made-up data, the time is')} {moment(clock.data.now, lang)}</span>
      <span className="demo-buttons">
        {([['P1D', say('+1 天', '+1 day')], ['P7D', say('+7 天', '+7 days')], ['P30D', say('+30 天', '+30 days')]] as const).map(([by, name]) => (
          <Button key={by} size="small" loading={busy} onClick={() => void move(by)}>{name}</Button>
        ))}
      </span>
    </div>
  );
}
