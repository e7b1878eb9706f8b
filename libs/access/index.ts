export { type FileKeys, openFileKeys } from './file-keys.js';
export { addKeyToFile, createKeyFile, removeKeysFromFile } from './key-file.js';
export { hashPassword, verifyPassword } from './passwords.js';
export {
  actionsOf,
  maySeeValue,
  mayDo,
  mayReadDocument,
  type Reach,
  reachOf,
  type Sight,
  type Viewer,
} from './permissions.js';
export { digestSecret, digestsEqual, isSecret, newCode, newPassword, newSecret, newWebhookSecret } from './secrets.js';
