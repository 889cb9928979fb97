import { createLink } from '@tanstack/react-router';
import { Button, type ButtonProps } from 'antd';
import { forwardRef } from 'react';

/** Leads to another page and looks like a button; it is a link, so it opens in a new tab and is read as one. */
export const LinkButton = createLink(forwardRef<HTMLAnchorElement, Omit<ButtonProps, 'ref'>>(function AnchorButton(props, ref) {
  return <Button {...props} ref={ref} />;
}));
