import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { AskFailure } from '../ask/ask.js';
import { LanguageProvider } from '../words/language.js';
import { styleNonce } from './nonce.js';
import { createConsoleRouter } from './router.js';
import { SessionProvider } from './session.js';
import { ShortcutProvider } from './shortcuts.js';
import { contrast, theme } from './theme.js';

/** Nothing is kept longer than it is looked at, and nothing outside the page's memory. */
const createQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        gcTime: 60_000,
        retry: (count, error) =>
          count < 2 && error instanceof AskFailure && (error.status === 0 || error.status >= 500),
      },
      mutations: { retry: false },
    },
  });

export const Console = () => {
  const [queries] = useState(createQueries);
  const [router] = useState(createConsoleRouter);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={contrast} defaultColorScheme="auto" getStyleNonce={styleNonce}>
      <LanguageProvider>
        <QueryClientProvider client={queries}>
          <Notifications position="top-right" autoClose={6_000} />
          <ShortcutProvider>
            <SessionProvider>
              <RouterProvider router={router} />
            </SessionProvider>
          </ShortcutProvider>
        </QueryClientProvider>
      </LanguageProvider>
    </MantineProvider>
  );
};
