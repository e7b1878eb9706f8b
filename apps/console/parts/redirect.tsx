import { type NavigateOptions, useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';

/**
 * Leads on to another screen. Whoever asks for this one again while the other opens breaks that off; so it leads on anew
 * each time that this address is arrived at.
 */
export const Redirect = ({ to }: { readonly to: NonNullable<NavigateOptions['to']> }) => {
  const navigate = useNavigate();
  const arrived = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation });
  useEffect(() => {
    void navigate({ to, replace: true });
  }, [navigate, to, arrived]);
  return null;
};
