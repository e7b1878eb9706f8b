import { Badge } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconBan,
  IconCheck,
  IconCircleDashed,
  IconClock,
  IconCoin,
  IconHandStop,
  IconHelp,
  IconSend,
  IconX,
} from '@tabler/icons-react';
import type { DisclosureSummary } from '#libs/contracts';

type Status = DisclosureSummary['status'];

/** Grey is closed or not begun, blue is under way, green is good, amber needs somebody, red was refused. */
const LOOKS = {
  drafted: { color: 'gray', icon: IconCircleDashed },
  held: { color: 'yellow', icon: IconHandStop },
  ready: { color: 'blue', icon: IconClock },
  sealed: { color: 'blue', icon: IconClock },
  sending: { color: 'blue', icon: IconSend },
  sent: { color: 'blue', icon: IconSend },
  received: { color: 'blue', icon: IconCheck },
  unknown: { color: 'yellow', icon: IconHelp },
  parked: { color: 'yellow', icon: IconAlertTriangle },
  blocked: { color: 'red', icon: IconBan },
  cancelled: { color: 'gray', icon: IconX },
  superseded: { color: 'gray', icon: IconArrowBackUp },
  accepted: { color: 'green', icon: IconCheck },
  rejected: { color: 'red', icon: IconX },
  pended: { color: 'yellow', icon: IconClock },
  approved: { color: 'green', icon: IconCheck },
  'partly paid': { color: 'green', icon: IconCoin },
  paid: { color: 'green', icon: IconCoin },
  denied: { color: 'red', icon: IconX },
  reversed: { color: 'yellow', icon: IconArrowBackUp },
  voided: { color: 'gray', icon: IconX },
} as const satisfies Record<Status, { readonly color: string; readonly icon: typeof IconCheck }>;

/** Where a disclosure stands, in a word, with a sign that does not need its colour. */
export const StatusChip = ({ status }: { readonly status: Status }) => {
  const { color, icon: Icon } = LOOKS[status];
  return (
    <Badge color={color} variant="light" leftSection={<Icon size={14} aria-hidden />} tt="none">
      {status}
    </Badge>
  );
};
