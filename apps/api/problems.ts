import { fixes } from '#libs/billing';
import { problemsDocument } from '#libs/contracts';
import { generatedFile } from './generated-file.js';

process.exitCode = generatedFile(problemsDocument(fixes()), 'problems', process.argv.slice(2));
