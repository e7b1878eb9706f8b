import { Checkbox, NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import type { ReleaseView } from '#libs/contracts';
import { useWords } from '../../words/language.js';
import { releaseWords } from '../../words/releases.js';
import { onReleaseWords } from './words.js';

export type Signature = ReleaseView['signatures'][number];

export interface Relation {
  readonly kind: 'adds_to' | 'supersedes';
  readonly older: string;
}

/** That of the client, on this day. */
export const clientSignature = (signedOn: string): Signature => ({
  ...{ role: 'client', signedOn, authorityDocumented: false, witnessed: false },
});

interface SignerFieldsProps {
  readonly value: Signature;
  readonly onChange: (value: Signature) => void;
  /** The day is on the paper; on the screen it is today. */
  readonly withDay?: boolean;
}

/** Who signs, and what stands behind anybody but the client. */
export const SignerFields = ({ value, onChange, withDay = false }: SignerFieldsProps) => {
  const { signer } = useWords(onReleaseWords);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <NativeSelect
        label={signer.role}
        data={Object.entries(signer.roles).map(([role, label]) => ({ value: role, label }))}
        value={value.role}
        onChange={(event) => onChange({ ...value, role: event.currentTarget.value as Signature['role'] })}
      />
      {withDay ? (
        <TextInput
          label={signer.on}
          type="date"
          value={value.signedOn}
          onChange={(event) => onChange({ ...value, signedOn: event.currentTarget.value })}
        />
      ) : null}
      {value.role === 'client' ? null : (
        <Checkbox
          label={signer.documented}
          checked={value.authorityDocumented}
          onChange={(event) => onChange({ ...value, authorityDocumented: event.currentTarget.checked })}
        />
      )}
      <Checkbox
        label={signer.witnessed}
        checked={value.witnessed}
        onChange={(event) => onChange({ ...value, witnessed: event.currentTarget.checked })}
      />
    </SimpleGrid>
  );
};

interface RelationFieldProps {
  readonly older: readonly ReleaseView[];
  readonly value: Relation | undefined;
  readonly onChange: (relation: Relation | undefined) => void;
}

/** What this release does to an earlier one, said at once so that the two are never ambiguous. */
export const RelationField = ({ older, value, onChange }: RelationFieldProps) => {
  const { relation } = useWords(onReleaseWords);
  const names = useWords(releaseWords);
  if (older.length === 0) return null;
  const kinds = ['supersedes', 'adds_to'] as const;
  return (
    <NativeSelect
      label={relation.label}
      data={[
        { value: '', label: relation.none },
        ...older.flatMap(({ id, revision }) =>
          kinds.map((kind) => ({ value: `${kind} ${id}`, label: relation[kind](names.openRelease(revision)) })),
        ),
      ]}
      value={value === undefined ? '' : `${value.kind} ${value.older}`}
      onChange={(event) => {
        const [kind, id] = event.currentTarget.value.split(' ');
        onChange(id === undefined ? undefined : { kind: kind === 'adds_to' ? 'adds_to' : 'supersedes', older: id });
      }}
    />
  );
};
