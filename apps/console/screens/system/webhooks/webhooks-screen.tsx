import { Button, Stack } from '@mantine/core';
import { IconWebhook } from '@tabler/icons-react';
import { useState } from 'react';
import { useRead } from '../../../ask/queries.js';
import { Empty } from '../../../parts/empty.js';
import { Loaded } from '../../../parts/loaded.js';
import { ShownOnce } from '../../../parts/shown-once.js';
import { useWords } from '../../../words/language.js';
import { SystemScreen } from '../system-screen.js';
import { Deliveries } from './deliveries.js';
import { EndpointCard } from './endpoint-card.js';
import { EndpointForm } from './endpoint-form.js';
import { webhookWords } from './words.js';

export const WebhooksScreen = () => {
  const words = useWords(webhookWords);
  const endpoints = useRead('GET /v1/webhook-endpoints', {});
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string>();
  return (
    <SystemScreen
      at="/system/webhooks"
      about={words.about}
      actions={
        <Button leftSection={<IconWebhook size={16} aria-hidden />} onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      }
    >
      <Stack>
        {secret === undefined ? null : (
          <ShownOnce title={words.secretOf} secret={secret} done={words.stored} onDone={() => setSecret(undefined)} />
        )}
        <Loaded of={endpoints}>
          {({ rows }) =>
            rows.length === 0 ? (
              <Empty title={words.empty}>{words.emptyAbout}</Empty>
            ) : (
              <>
                {rows.map((endpoint) => (
                  <EndpointCard key={endpoint.id} endpoint={endpoint} onSecret={setSecret} />
                ))}
                <Deliveries endpoints={rows} />
              </>
            )
          }
        </Loaded>
      </Stack>
      {adding ? (
        <EndpointForm
          onClose={() => setAdding(false)}
          onSecret={(made) => {
            setAdding(false);
            setSecret(made);
          }}
        />
      ) : null}
    </SystemScreen>
  );
};
