import type { Asked } from '../../ask/ask.js';

export type ConnectionBody = Asked<'PUT /v1/insurers/{id}/connection'>['body'];
export type ConnectionKind = ConnectionBody['kind'];

/** What is typed, as it stands in the fields; empty where nothing was. */
export interface ConnectionValues {
  readonly kind: ConnectionKind;
  readonly url: string;
  readonly receiverId: string;
  readonly production: boolean;
  readonly participation: 'A' | 'B' | 'C';
  readonly pin: string;
  readonly certificateAuthority: string;
  readonly clientCertificate: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly tokenAuthentication: 'client-secret' | 'private-key-jwt';
  readonly keyId: string;
  readonly scope: string;
  readonly hostKey: string;
  readonly user: string;
  readonly sftpAuthentication: 'private-key' | 'password';
  readonly inbound: string;
  readonly outbound: string;
  readonly archive: string;
  readonly suffix: string;
  readonly keeps: boolean;
  readonly secret: string;
}

export type Fault = 'required' | 'web' | 'sftp' | 'pin' | 'pem' | 'hostKey' | 'suffix';

export type ConnectionFaults = Readonly<Partial<Record<keyof ConnectionValues, Fault>>>;

const WEB = /^https?:\/\/[^\s@?#]+$/;
const SFTP = /^sftp:\/\/[A-Za-z0-9.:[\]-]+\/?$/;
const PIN = /^[A-Za-z0-9+/]{43}=$/;
const PEM = /^-----BEGIN CERTIFICATE-----/;
const HOST_KEY = /^SHA256:[A-Za-z0-9+/]{43}$/;
const SUFFIX = /^\.[A-Za-z0-9]{1,10}$/;

const NEEDED: Readonly<Record<ConnectionKind, readonly (keyof ConnectionValues)[]>> = {
  https: ['url', 'receiverId', 'secret'],
  'https-oauth2': ['url', 'receiverId', 'tokenUrl', 'clientId', 'secret'],
  'https-mtls': ['url', 'receiverId', 'certificateAuthority', 'clientCertificate', 'secret'],
  sftp: ['url', 'receiverId', 'hostKey', 'user', 'inbound', 'secret'],
  inbox: ['receiverId'],
};

interface Form {
  readonly name: keyof ConnectionValues;
  readonly form: RegExp;
  readonly fault: Fault;
  /** Where the field stands; what was typed for another kind is in nobody’s way. */
  readonly of: readonly ConnectionKind[];
}

const WEB_KINDS: readonly ConnectionKind[] = ['https', 'https-oauth2', 'https-mtls'];

const FORMS: readonly Form[] = [
  { name: 'tokenUrl', form: WEB, fault: 'web', of: ['https-oauth2'] },
  { name: 'pin', form: PIN, fault: 'pin', of: WEB_KINDS },
  { name: 'certificateAuthority', form: PEM, fault: 'pem', of: WEB_KINDS },
  { name: 'clientCertificate', form: PEM, fault: 'pem', of: ['https-mtls'] },
  { name: 'hostKey', form: HOST_KEY, fault: 'hostKey', of: ['sftp'] },
  { name: 'suffix', form: SUFFIX, fault: 'suffix', of: ['sftp'] },
];

/** What is wrong before the gateway is asked; it checks everything again, and whether key and certificate belong together. */
export const faultsOf = (values: ConnectionValues): ConnectionFaults => {
  const faults: Partial<Record<keyof ConnectionValues, Fault>> = {};
  for (const { name, form, fault, of } of FORMS) {
    const value = values[name];
    if (of.includes(values.kind) && typeof value === 'string' && value !== '' && !form.test(value.trim()))
      faults[name] = fault;
  }
  const web = values.kind !== 'sftp';
  // Nothing is connected to where the insurer comes to us.
  if (values.kind !== 'inbox' && !(web ? WEB : SFTP).test(values.url.trim())) faults.url = web ? 'web' : 'sftp';
  for (const name of NEEDED[values.kind]) if (values[name] === '') faults[name] = 'required';
  return faults;
};

const optional = <Name extends string>(name: Name, value: string): { [Key in Name]?: string } =>
  value.trim() === '' ? {} : ({ [name]: value.trim() } as { [Key in Name]: string });

/** The body of the kind that was chosen; what was typed for another kind stays behind. */
export const connectionBody = (values: ConnectionValues): ConnectionBody => {
  const { kind, production, participation, secret } = values;
  const registered = { receiverId: values.receiverId.trim(), production, participation };
  const url = values.url.trim();
  const service = {
    url,
    ...optional('pin', values.pin),
    ...optional('certificateAuthority', values.certificateAuthority),
  };
  switch (kind) {
    case 'https':
      return { kind, ...registered, ...service, secret: secret.trim() };
    case 'https-oauth2':
      return {
        ...{ kind, ...registered, ...service, secret },
        token: {
          url: values.tokenUrl.trim(),
          clientId: values.clientId.trim(),
          authentication: values.tokenAuthentication,
          ...optional('keyId', values.keyId),
          ...optional('scope', values.scope),
        },
      };
    case 'https-mtls':
      return {
        ...{ kind, ...registered, ...service, secret },
        certificateAuthority: values.certificateAuthority.trim(),
        clientCertificate: values.clientCertificate.trim(),
      };
    case 'sftp':
      return {
        ...{ kind, ...registered, url, secret },
        hostKey: values.hostKey.trim(),
        user: values.user.trim(),
        authentication: values.sftpAuthentication,
        inbound: values.inbound.trim(),
        keeps: values.keeps,
        ...optional('suffix', values.suffix),
        ...(values.outbound.trim() === ''
          ? {}
          : { outbound: { directory: values.outbound.trim(), ...optional('archive', values.archive) } }),
      };
    case 'inbox':
      return { kind, ...registered };
  }
};

export const startValues = (of: Pick<ConnectionValues, 'kind' | 'production' | 'participation'>): ConnectionValues => ({
  ...of,
  ...{ url: '', receiverId: '', pin: '', certificateAuthority: '', clientCertificate: '', tokenUrl: '' },
  ...{ clientId: '', tokenAuthentication: 'client-secret', keyId: '', scope: '', hostKey: '', user: '' },
  ...{
    sftpAuthentication: 'private-key',
    inbound: '',
    outbound: '',
    archive: '',
    suffix: '',
    keeps: false,
    secret: '',
  },
});
