import { openApiDocument } from '#libs/contracts';
import { generatedFile } from './generated-file.js';

process.exitCode = generatedFile(`${JSON.stringify(openApiDocument(), null, 2)}\n`, 'openapi', process.argv.slice(2));
