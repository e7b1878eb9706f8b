import { Anchor, type AnchorProps } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';

interface InnerLinkProps extends AnchorProps {
  /** An address of the console that was put together from what the gateway said. */
  readonly href: string;
  readonly title?: string;
  readonly children: ReactNode;
}

const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

/** A link to another page of the console, without loading it anew. */
export const InnerLink = ({ href, children, ...props }: InnerLinkProps) => {
  const router = useRouter();
  return (
    <Anchor
      underline="always"
      {...props}
      href={href}
      onClick={(event) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        router.history.push(href);
      }}
    >
      {children}
    </Anchor>
  );
};
