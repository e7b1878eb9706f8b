import {
  Button,
  Drawer,
  Group,
  NativeSelect,
  PasswordInput,
  Radio,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import type { InsurerView } from '#libs/contracts';
import { useDo } from '../../ask/queries.js';
import { Failure } from '../../parts/failure.js';
import { common } from '../../words/common.js';
import { useWords } from '../../words/language.js';
import { insurerWords } from './words.js';

const RESOLUTIONS = ['idempotency-key', 'duplicate-detection', 'probe', 'none'] as const;

const START = {
  kind: 'clearinghouse',
  ...{ name: '', reference: '', signedOn: '', endsOn: '', payerId: '', resolvesTo: '', resolution: 'none' },
  ...{ url: '', receiverId: '', token: '', production: false },
};

const TEXTS = ['name', 'reference', 'signedOn', 'payerId', 'resolvesTo', 'url', 'receiverId', 'token'] as const;

type Values = typeof START;

const bodyOf = (values: Values) => ({
  kind: 'clearinghouse' as const,
  name: values.name.trim(),
  agreement: {
    reference: values.reference.trim(),
    signedOn: values.signedOn,
    ...(values.endsOn === '' ? {} : { endsOn: values.endsOn }),
  },
  payerId: values.payerId.trim(),
  resolvesTo: values.resolvesTo.trim(),
  resolution: RESOLUTIONS.find((one) => one === values.resolution) ?? 'none',
  connection: {
    ...{ url: values.url.trim(), receiverId: values.receiverId.trim(), token: values.token.trim() },
    production: values.production,
  },
});

/** How an insurer is reached from now on; a clearinghouse only under an agreement. */
export const RecordRoute = ({ insurer, onClose }: { readonly insurer: InsurerView; readonly onClose: () => void }) => {
  const words = useWords(insurerWords);
  const notes = useWords(common);
  const form = useForm<Values>({
    initialValues: START,
    validate: (values) =>
      values.kind === 'direct'
        ? {}
        : Object.fromEntries(
            TEXTS.filter((name) => values[name].trim() === '').map((name) => [name, words.faults.required]),
          ),
  });
  const record = useDo('POST /v1/insurers/{id}/routes', {
    then: () => {
      notifications.show({ message: words.routeSaved });
      onClose();
    },
  });
  const submit = form.onSubmit((values) =>
    record.mutate({
      params: { id: insurer.id },
      body: values.kind === 'direct' ? { kind: 'direct' } : bodyOf(values),
    }),
  );
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      closeOnClickOutside={false}
      title={words.routeTitle}
      closeButtonProps={{ 'aria-label': notes.close }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm">{words.routeStates(insurer.name)}</Text>
          <Radio.Group label={words.routeTitle} {...form.getInputProps('kind')}>
            <Stack gap="xs" mt="xs">
              <Radio value="direct" label={words.direct} />
              <Radio value="clearinghouse" label={words.clearinghouse} />
            </Stack>
          </Radio.Group>
          {form.values.kind === 'direct' ? null : (
            <>
              <TextInput label={words.agentName} required maxLength={60} {...form.getInputProps('name')} />
              <TextInput label={words.reference} required maxLength={80} {...form.getInputProps('reference')} />
              <Group grow align="flex-start">
                <TextInput type="date" label={words.signedOn} required {...form.getInputProps('signedOn')} />
                <TextInput
                  type="date"
                  label={words.endsOn}
                  description={words.optionalHint}
                  inputWrapperOrder={['label', 'input', 'description', 'error']}
                  {...form.getInputProps('endsOn')}
                />
              </Group>
              <TextInput label={words.agentPayerId} required maxLength={80} {...form.getInputProps('payerId')} />
              <TextInput
                label={words.resolvesTo}
                description={words.resolvesHint}
                required
                maxLength={80}
                {...form.getInputProps('resolvesTo')}
              />
              <NativeSelect
                label={words.resolution}
                data={RESOLUTIONS.map((one) => ({ value: one, label: words.resolutions[one] }))}
                {...form.getInputProps('resolution')}
              />
              <TextInput label={words.url} description={words.urlHint} required {...form.getInputProps('url')} />
              <TextInput label={words.receiverId} required maxLength={15} {...form.getInputProps('receiverId')} />
              <PasswordInput
                label={words.token}
                required
                autoComplete="new-password"
                {...form.getInputProps('token')}
              />
              <Switch label={words.production} {...form.getInputProps('production', { type: 'checkbox' })} />
            </>
          )}
          {record.error === null ? null : <Failure error={record.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {notes.cancel}
            </Button>
            <Button type="submit" loading={record.isPending}>
              {words.saveRoute}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
};
