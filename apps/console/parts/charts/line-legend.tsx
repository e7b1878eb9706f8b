import classes from './charts.module.css';
import { dashOf, strokeOf } from './pattern-fills.js';

/** Which stroke is which series. */
export const LineLegend = ({ series }: { readonly series: readonly string[] }) => (
  <ul className={classes.legend}>
    {series.map((name, at) => (
      <li key={name}>
        <svg width="28" height="8" aria-hidden>
          <path d="M0 4 L28 4" stroke={strokeOf(at)} strokeWidth="2.5" strokeDasharray={dashOf(at)} />
        </svg>
        {name}
      </li>
    ))}
  </ul>
);
