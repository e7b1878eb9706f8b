import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './console.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Console } from './app/console.js';
import { lendStyleNonce } from './app/nonce.js';

lendStyleNonce();
const place = document.getElementById('console');
if (place !== null)
  createRoot(place).render(
    <StrictMode>
      <Console />
    </StrictMode>,
  );
