import { useQueryClient } from '@tanstack/react-query';
import { App as AntApp } from 'antd';
import { Dialog } from '../../ui/Dialog';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { FaultSummary, FormArea } from '../../form/context';
import { AreaField, ChoiceField, TextField } from '../../form/fields';
import { useSend } from '../../form/useSend';
import { MEMBER_ROLE, options } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

/** To act for one more enterprise: owned at once when nobody acts for it yet, otherwise an officer decides. */
export function ClaimDialog({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const lang = useLang();
  const client = useQueryClient();
  const { message } = AntApp.useApp();
  const { send, problem, busy } = useSend();
  const [typed, setTyped] = useState<Record<string, string>>({ role: 'owner' });
  return (
    <Dialog open title={say('认领或新增企业', 'Add an enterprise')} okText={say('提交', 'Send')} cancelText={say('取消', 'Cancel')} confirmLoading={busy} onCancel={onClose}
      onOk={async () => {
        const answer = await send<Schemas['ClaimAnswer']>({ method: 'POST', href: '/api/v1/claims', body: { credit_code: '', ...typed } });
        if (!answer) return;
        await client.invalidateQueries();
        void message.success(answer.outcome === 'owner' ? say('已建立，待经办人核验', 'Added; an officer will verify it') : say('已提交，等待经办人处理', 'Sent; an officer decides'));
        onClose();
      }}>
      <FormArea value={typed} onChange={setTyped} problem={problem}>
        <FaultSummary problem={problem} />
        <TextField at="/credit_code" label={say('统一社会信用代码', 'Unified social credit code')} maxLength={18} required />
        <TextField at="/name" label={say('企业名称', 'Enterprise')} hint={say('尚无档案的企业须填写', 'Needed when it is not on record yet')} />
        <ChoiceField at="/role" label={say('身份', 'Role')} choices={options(MEMBER_ROLE, lang)} required />
        <AreaField at="/message" label={say('给经办人的说明', 'Message to the officer')} rows={2} />
      </FormArea>
    </Dialog>
  );
}
