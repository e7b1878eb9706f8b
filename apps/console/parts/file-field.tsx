import { Button, FileButton, Group, Text } from '@mantine/core';
import { IconFile, IconUpload } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import classes from './file-field.module.css';

interface FileFieldProps {
  readonly file: File | undefined;
  /** As a file input takes them. */
  readonly accept: string;
  readonly choose: string;
  readonly other: string;
  readonly hint: string;
  readonly disabled?: boolean;
  readonly onFile: (file: File) => void;
}

const UNITS: readonly string[] = ['bytes', 'kB', 'MB'];

export const sizeOf = (bytes: number): string => {
  const step = bytes < 1_000 ? 0 : bytes < 1_000_000 ? 1 : 2;
  return `${(bytes / 1_000 ** step).toLocaleString('en-US', { maximumFractionDigits: 1 })} ${UNITS[step] ?? ''}`;
};

/** A file of the person’s own, chosen or dropped. It is read where it lies when it is sent. */
export const FileField = (props: FileFieldProps) => {
  const { file, accept, onFile, disabled = false } = props;
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const dropped = event.dataTransfer.files[0];
    if (dropped !== undefined && !disabled) onFile(dropped);
  };
  return (
    <div
      className={classes.drop}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Group justify="center" gap="sm">
        {file === undefined ? null : (
          <Group gap={6}>
            <IconFile size={18} aria-hidden />
            <Text size="sm" fw={600}>
              {file.name} · {sizeOf(file.size)}
            </Text>
          </Group>
        )}
        <FileButton onChange={(chosen) => chosen !== null && onFile(chosen)} accept={accept} disabled={disabled}>
          {(button) => (
            <Button
              {...button}
              variant="default"
              disabled={disabled}
              leftSection={<IconUpload size={16} aria-hidden />}
            >
              {file === undefined ? props.choose : props.other}
            </Button>
          )}
        </FileButton>
        {file === undefined ? (
          <Text size="sm" c="dimmed">
            {props.hint}
          </Text>
        ) : null}
      </Group>
    </div>
  );
};
