import { Anchor, Code, Collapse, List } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useWords } from '../../words/language.js';
import classes from './readings.module.css';
import { readingWords } from './words.js';

interface FieldsListProps {
  readonly fields: readonly string[];
  readonly labelOf: (field: string) => string;
}

/** What the statute lists, folded away until somebody asks. */
export const FieldsList = ({ fields, labelOf }: FieldsListProps) => {
  const words = useWords(readingWords);
  const [open, { toggle }] = useDisclosure(false);
  return (
    <>
      {words.fields(fields.length)}{' '}
      <Anchor component="button" type="button" size="sm" onClick={toggle} aria-expanded={open}>
        {open ? words.hideFields : words.showFields}
      </Anchor>
      <Collapse expanded={open} keepMounted={false}>
        <List size="sm" mt="xs" className={classes.columns ?? ''}>
          {fields.map((field) => (
            <List.Item key={field}>
              {labelOf(field)} <Code>{field}</Code>
            </List.Item>
          ))}
        </List>
      </Collapse>
    </>
  );
};
