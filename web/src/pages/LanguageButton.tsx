import { GlobalOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { setLang, useLang } from '../words/say';

/** The name of the other language, in that language. */
export function LanguageButton() {
  const lang = useLang();
  return (
    <Button type="text" icon={<GlobalOutlined />} lang={lang === 'en' ? 'zh-CN' : 'en'} onClick={() => setLang(lang === 'en' ? 'zh-CN' : 'en')}>
      {lang === 'en' ? '中文' : 'English'}
    </Button>
  );
}
