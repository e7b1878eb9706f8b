import type { ReactNode } from 'react';
import classes from './fact-list.module.css';

/** What is known of one thing: name and value, one below the other. */
export const FactList = ({ rows }: { readonly rows: readonly (readonly [name: string, value: ReactNode])[] }) => (
  <dl className={classes.facts}>
    {rows.map(([name, value]) => (
      <div key={name} style={{ display: 'contents' }}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
