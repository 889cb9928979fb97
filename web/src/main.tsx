import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import { StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import './app.css';
import { nonce } from './nonce';
import { queries } from './api/client';
import { isDemo, readClock } from './api/demo';
import { session } from './api/session';
import { router } from './router';
import { lang, useLang } from './words/say';
import { SignInAgain } from './pages/SignInAgain';

// The first request, before anything is drawn: everything else waits for its answer and for nothing besides.
const started = session.start();
if (isDemo) void readClock().catch(() => undefined);
document.documentElement.lang = lang();

function Root() {
  const language = useLang();
  useEffect(() => {
    // Much of what is shown was said by the server, in the other language.
    void queries.invalidateQueries();
  }, [language]);
  return (
    <ConfigProvider csp={{ nonce }} button={{ autoInsertSpace: false }} locale={language === 'en' ? enUS : zhCN} theme={{
      token: { colorPrimary: '#0b5c7a', colorError: '#b42318', colorWarning: '#a35c00', colorSuccess: '#1c7a46', colorLink: '#0b5c7a', colorLinkHover: '#084257', colorLinkActive: '#084257', colorInfo: '#0b5c7a', colorSuccessBg: '#eaf6ee', colorWarningBg: '#fff5e3', colorErrorBg: '#fdf0ee', colorInfoBg: '#e8f3f8', colorTextPlaceholder: '#6b7280', colorTextDescription: '#4b5563', borderRadius: 6, fontSize: 14, motion: !matchMedia('(prefers-reduced-motion: reduce)').matches },
      components: { Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' } },
    }}>
      <AntApp message={{ maxCount: 1, top: 64 }}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
          <SignInAgain />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(<StrictMode><Root /></StrictMode>);
}
void started;
