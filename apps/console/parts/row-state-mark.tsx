import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconBan,
  IconCheck,
  IconEyeOff,
  IconGavel,
  IconHandStop,
  IconLetterX,
  IconMinus,
} from '@tabler/icons-react';
import { useWords } from '../words/language.js';
import { disclosureWords } from './disclosure-words.js';
import classes from './disclosure-view.module.css';
import type { RowState } from './row-state.js';

const LOOKS = {
  goes: { tone: 'good', icon: IconCheck },
  changed: { tone: 'changed', icon: IconArrowsExchange },
  'not-in-release': { tone: 'kept', icon: IconEyeOff },
  law: { tone: 'kept', icon: IconGavel },
  restricted: { tone: 'kept', icon: IconHandStop },
  'not-needed': { tone: 'kept', icon: IconMinus },
  'not-writable': { tone: 'kept', icon: IconLetterX },
  blocked: { tone: 'bad', icon: IconBan },
  missing: { tone: 'bad', icon: IconAlertTriangle },
} as const satisfies Record<RowState, { readonly tone: string; readonly icon: typeof IconCheck }>;

/** What became of a field, by sign and text. */
export const RowStateMark = ({ state, went }: { readonly state: RowState; readonly went: boolean }) => {
  const words = useWords(disclosureWords);
  const { tone, icon: Icon } = LOOKS[state];
  return (
    <span className={classes.mark} data-tone={tone}>
      <Icon size={16} aria-hidden />
      {state === 'goes' && went ? words.sent : words.state[state]}
    </span>
  );
};
