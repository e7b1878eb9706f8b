import { Checkbox, NativeSelect, Stack } from '@mantine/core';
import { STAFF_ROLES, type StaffRole } from '#libs/contracts';
import { useRead } from '../../../ask/queries.js';
import { Loaded } from '../../../parts/loaded.js';
import { useWords } from '../../../words/language.js';
import { peopleWords } from './words.js';

export interface RoleValues {
  readonly roles: readonly StaffRole[];
  readonly clinician: string;
}

interface RoleFieldsProps {
  readonly values: RoleValues;
  readonly error: string | undefined;
  readonly onChange: (values: RoleValues) => void;
}

const isRole = (word: string): word is StaffRole => STAFF_ROLES.some((one) => one === word);

/** What somebody may do, and which clinician they are. */
export const RoleFields = ({ values, error, onChange }: RoleFieldsProps) => {
  const words = useWords(peopleWords);
  const clinicians = useRead('GET /v1/clinicians', {});
  return (
    <Stack>
      <Checkbox.Group
        label={words.rolesTitle}
        value={[...values.roles]}
        error={error}
        onChange={(next) => onChange({ ...values, roles: next.filter(isRole) })}
      >
        <Stack gap="xs" mt="xs">
          {STAFF_ROLES.map((role) => (
            <Checkbox key={role} value={role} label={words.roles[role]} description={words.rolesAbout[role]} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Loaded of={clinicians}>
        {({ rows }) => (
          <NativeSelect
            label={words.clinicianIs}
            value={values.clinician}
            onChange={(event) => onChange({ ...values, clinician: event.currentTarget.value })}
            data={[
              { value: '', label: words.clinicianNone },
              ...rows.map(({ id, firstName, lastName, jurisdiction }) => ({
                value: id,
                label: `${firstName} ${lastName} · ${jurisdiction}`,
              })),
            ]}
          />
        )}
      </Loaded>
    </Stack>
  );
};

/** As the gateway takes it: nobody is no clinician by an empty word. */
export const rolesBody = ({ roles, clinician }: RoleValues) => ({
  roles: [...roles],
  ...(clinician === '' ? {} : { clinician }),
});
