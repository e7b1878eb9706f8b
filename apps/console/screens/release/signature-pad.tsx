import { Button, Group } from '@mantine/core';
import { type PointerEvent, useRef } from 'react';
import { useWords } from '../../words/language.js';
import classes from './release.module.css';
import { forClientWords } from './words.js';

interface SignaturePadProps {
  /** The picture as PNG, or nothing after it was wiped. */
  readonly onDrawn: (picture: Blob | undefined) => void;
}

const WIDTH = 1280;
const HEIGHT = 360;

/** A place to draw with mouse, pen or finger. Whoever cannot, types instead. */
export const SignaturePad = ({ onDrawn }: SignaturePadProps) => {
  const words = useWords(forClientWords);
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef(false);
  /** There is a line; a touch alone leaves none. */
  const drawn = useRef(false);
  const at = (event: PointerEvent<HTMLCanvasElement>): readonly [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [
      ((event.clientX - box.left) * WIDTH) / Math.max(box.width, 1),
      ((event.clientY - box.top) * HEIGHT) / Math.max(box.height, 1),
    ];
  };
  const begin = (event: PointerEvent<HTMLCanvasElement>): void => {
    const pen = canvas.current?.getContext('2d');
    if (!pen) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drawing.current = true;
    pen.lineWidth = 4;
    pen.lineCap = 'round';
    pen.strokeStyle = '#111';
    pen.beginPath();
    pen.moveTo(...at(event));
  };
  const draw = (event: PointerEvent<HTMLCanvasElement>): void => {
    const pen = canvas.current?.getContext('2d');
    if (!drawing.current || !pen) return;
    pen.lineTo(...at(event));
    pen.stroke();
    drawn.current = true;
  };
  const end = (): void => {
    if (!drawing.current) return;
    drawing.current = false;
    if (drawn.current) canvas.current?.toBlob((picture) => onDrawn(picture ?? undefined), 'image/png');
  };
  const wipe = (): void => {
    canvas.current?.getContext('2d')?.clearRect(0, 0, WIDTH, HEIGHT);
    drawn.current = false;
    onDrawn(undefined);
  };
  return (
    <div>
      <canvas
        ref={canvas}
        width={WIDTH}
        height={HEIGHT}
        className={classes.pad}
        role="img"
        aria-label={words.canvas}
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={end}
        onPointerCancel={end}
      />
      <Group mt="xs">
        <Button size="xs" variant="default" onClick={wipe}>
          {words.clear}
        </Button>
      </Group>
    </div>
  );
};
