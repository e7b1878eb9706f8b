import { Alert, Button, Group, List, Stack, Switch, Text } from '@mantine/core';
import { IconBan, IconCheck, IconEye, IconEyeOff, IconHandStop, IconPrinter } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { documentWords } from '../words/documents.js';
import { useWords } from '../words/language.js';
import { type ChoiceKind, DisclosureGaps } from './disclosure-gaps.js';
import { DisclosureTable } from './disclosure-table.js';
import { disclosureWords } from './disclosure-words.js';
import classes from './disclosure-view.module.css';
import { InnerLink } from './inner-link.js';
import { PhoneDialog } from './phone-dialog.js';
import { phoneText } from './phone-text.js';
import { type Gap, hasMasked, onlyDifferences, sectionsOf, type Shown } from './row-state.js';
import { warningsOf } from './warnings.js';

interface Reveal {
  /** The value is the revealed one. */
  readonly shown: boolean;
  readonly busy: boolean;
  readonly show: () => void;
  readonly hide: () => void;
}

interface DisclosureViewProps {
  /** A preview or an explanation, as the gateway gave it. */
  readonly value: Shown;
  /** It has left: “sent” and not “goes”. */
  readonly went?: boolean;
  /** For whoever may have values revealed; the view itself asks nobody. */
  readonly reveal?: Reveal;
  /** Absent: choices are told, not offered. */
  readonly onChoose?: (choice: ChoiceKind, gap?: Gap) => void;
  /** The number to quote; with it there is a text for the phone. */
  readonly phoneReference?: string;
  /** With a button that prints the page. */
  readonly printable?: boolean;
  readonly differencesFirst?: boolean;
}

const OUTCOMES = {
  send: { color: 'green', icon: IconCheck },
  hold: { color: 'yellow', icon: IconHandStop },
  deny: { color: 'red', icon: IconBan },
} as const;

const Outcome = ({ value }: { readonly value: Shown }) => {
  const words = useWords(disclosureWords);
  const { color, icon: Icon } = OUTCOMES[value.outcome];
  return (
    <Alert color={color} icon={<Icon size={18} aria-hidden />} title={words.outcome[value.outcome]}>
      <Text size="sm">{value.nextStep}</Text>
    </Alert>
  );
};

const RevealButton = ({ reveal }: { readonly reveal: Reveal }) => {
  const words = useWords(disclosureWords);
  return (
    <Button
      className={classes.long}
      size="compact-sm"
      variant="default"
      loading={reveal.busy}
      leftSection={reveal.shown ? <IconEyeOff size={14} aria-hidden /> : <IconEye size={14} aria-hidden />}
      onClick={reveal.shown ? reveal.hide : reveal.show}
    >
      {reveal.shown ? words.hide : words.reveal}
    </Button>
  );
};

const Papers = ({ value }: { readonly value: Shown }) => {
  const words = useWords(disclosureWords);
  return (
    <Text size="sm" c="dimmed">
      {value.releases.length === 0 ? null : `${words.releases} `}
      {value.releases.map(({ id, revision }, index) => (
        <span key={id}>
          {index === 0 ? '' : ', '}
          <InnerLink href={`/releases/${id}`} size="sm">
            {words.release(revision)}
          </InnerLink>
        </span>
      ))}
      {value.enclosures.length === 0 ? null : ` · ${words.enclosures}: ${value.enclosures.join(', ')}`}
    </Text>
  );
};

const Warnings = ({ warnings }: { readonly warnings: Shown['warnings'] }) => {
  const words = useWords(disclosureWords);
  if (warnings.length === 0) return null;
  return (
    <Alert color="yellow" title={words.warnings}>
      <List size="sm">
        {warningsOf(warnings).map(({ text, lines }) => (
          <List.Item key={text}>{lines.length === 0 ? text : words.ofLines(lines, text)}</List.Item>
        ))}
      </List>
    </Alert>
  );
};

/** What goes, what is changed, what stays, and why: of a document that is being written, or of a disclosure. */
export const DisclosureView = (props: DisclosureViewProps) => {
  const { value, went = false, reveal, onChoose, phoneReference } = props;
  const words = useWords(disclosureWords);
  const { format: formats } = useWords(documentWords);
  const [differences, setDifferences] = useState(props.differencesFirst ?? false);
  const all = useMemo(() => sectionsOf(value), [value]);
  const sections = differences ? onlyDifferences(all) : all;
  const mayReveal = reveal !== undefined && (reveal.shown || hasMasked(value));
  return (
    <Stack gap="md" className={classes.view}>
      {went ? null : <Outcome value={value} />}
      <Group justify="space-between" gap="xs">
        <div>
          <Text fw={600} aria-live="polite">
            {words.counts(value.counts, went)}
          </Text>
          <Papers value={value} />
        </div>
        <Group gap="xs" className="no-print">
          {mayReveal ? <RevealButton reveal={reveal} /> : null}
          {phoneReference === undefined ? null : (
            <PhoneDialog
              text={phoneText(value, {
                ...{ words: words.phone, document: formats[value.format].toLowerCase() },
                ...{ reference: phoneReference === '' ? undefined : phoneReference, went },
              })}
            />
          )}
          {props.printable === true ? (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPrinter size={14} aria-hidden />}
              onClick={() => window.print()}
            >
              {words.print}
            </Button>
          ) : null}
        </Group>
      </Group>
      {reveal?.shown === true ? (
        <Text size="sm" role="status">
          {words.revealed}
        </Text>
      ) : null}
      <Warnings warnings={value.warnings} />
      <DisclosureGaps gaps={value.gaps} onChoose={onChoose} />
      <Switch
        className="no-print"
        label={words.differences}
        checked={differences}
        onChange={(event) => setDifferences(event.currentTarget.checked)}
      />
      {sections.length === 0 ? (
        <Text c="dimmed">{all.length === 0 ? words.nothing : words.noDifferences}</Text>
      ) : (
        <DisclosureTable sections={sections} insurer={value.insurer.id} went={went} />
      )}
    </Stack>
  );
};
