import { Badge } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconBan,
  IconCheck,
  IconCircleDashed,
  IconClock,
  IconClockOff,
} from '@tabler/icons-react';
import type { ReleaseView } from '#libs/contracts';
import { useWords } from '../words/language.js';
import { releaseWords } from '../words/releases.js';

const LOOKS = {
  draft: { color: 'gray', icon: IconCircleDashed },
  'not-yet-valid': { color: 'blue', icon: IconClock },
  'in-force': { color: 'green', icon: IconCheck },
  expired: { color: 'yellow', icon: IconClockOff },
  revoked: { color: 'red', icon: IconBan },
  'known-false': { color: 'red', icon: IconAlertTriangle },
  superseded: { color: 'gray', icon: IconArrowBackUp },
} as const satisfies Record<ReleaseView['status'], { readonly color: string; readonly icon: typeof IconCheck }>;

export const ReleaseChip = ({ status }: { readonly status: ReleaseView['status'] }) => {
  const words = useWords(releaseWords);
  const { color, icon: Icon } = LOOKS[status];
  return (
    <Badge color={color} variant="light" leftSection={<Icon size={14} aria-hidden />} tt="none">
      {words.status[status]}
    </Badge>
  );
};
