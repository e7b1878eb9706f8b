import type { ReactNode } from 'react';
import classes from './facts.module.css';

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

/** Names and what they are, side by side; those without a value do not stand there. */
export const Facts = ({ of }: { readonly of: readonly Fact[] }) => (
  <dl className={classes.facts}>
    {of
      .filter(({ value }) => value !== undefined && value !== '')
      .map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);
