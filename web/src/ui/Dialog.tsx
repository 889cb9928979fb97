import { Modal, type ModalProps } from 'antd';
import { useEffect, useState } from 'react';

/** A dialog that is drawn only while it is open. When it is gone, the focus is back on what opened it. */
export function Dialog(props: ModalProps) {
  // Read while drawing: once it is drawn the dialog has taken the focus.
  const [opener] = useState(() => document.activeElement);
  useEffect(() => () => {
    setTimeout(() => {
      const nowhere = document.activeElement === document.body || document.activeElement === null;
      if (nowhere && opener instanceof HTMLElement && opener.isConnected) opener.focus();
    });
  }, [opener]);
  return <Modal {...props} />;
}
