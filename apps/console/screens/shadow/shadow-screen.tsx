import { Alert, Text } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { ShadowReport } from '#libs/contracts';
import { Screen } from '../../parts/screen.js';
import { Section } from '../../parts/section.js';
import { useWords } from '../../words/language.js';
import { ShadowResult } from './shadow-result.js';
import { ShadowSource } from './shadow-source.js';
import { shadowWords } from './words.js';

export const ShadowScreen = () => {
  const words = useWords(shadowWords);
  const [report, setReport] = useState<ShadowReport>();
  return (
    <Screen title={words.title} about={words.about}>
      <Alert color="blue" role="note" icon={<IconEyeOff aria-hidden />}>
        <Text fz={26} fw={700} lh={1.2}>
          {words.nothing}
        </Text>
        <Text size="sm">{words.nothingAbout}</Text>
      </Alert>
      <Section title={words.source}>
        <ShadowSource onReport={setReport} />
      </Section>
      {report === undefined ? null : <ShadowResult report={report} />}
    </Screen>
  );
};
