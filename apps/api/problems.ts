import { problemsDocument } from '#libs/contracts';
import { generatedFile } from './generated-file.js';

process.exitCode = generatedFile(problemsDocument(), 'problems', process.argv.slice(2));
