import { useId } from 'react';
import classes from './charts.module.css';
import { fillOf, PatternFills } from './pattern-fills.js';

/** Which hatching is which series. */
export const Legend = ({ series }: { readonly series: readonly string[] }) => {
  const id = useId();
  return (
    <ul className={classes.legend}>
      {series.map((name, at) => (
        <li key={name}>
          <svg width="16" height="16" aria-hidden>
            <PatternFills id={id} count={series.length} />
            <rect width="16" height="16" rx="3" fill={fillOf(id, at)} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
};
